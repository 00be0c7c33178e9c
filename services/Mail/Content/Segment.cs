namespace Integration.Mail.Content;

/// <summary>A piece of a message as it is sent. Ends with a line end.</summary>
internal abstract class Segment
{
    /// <summary>Known before it is written.</summary>
    public abstract long Size { get; }

    public abstract Task WriteAsync(Stream output, CancellationToken cancellation);
}
