namespace Integration.Mail.Content;

/// <summary>A message, ready to be written as often as needed.</summary>
internal sealed class MailMessage(string id, IReadOnlyList<Segment> segments)
{
    /// <summary>Message-ID, with its angle brackets.</summary>
    public string Id => id;

    /// <summary>In bytes, as it is sent.</summary>
    public long Size { get; } = segments.Sum(segment => segment.Size);

    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        foreach (var segment in segments)
            await segment.WriteAsync(output, cancellation);
    }
}
