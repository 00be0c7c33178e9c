namespace Integration.Http;

/// <summary>
/// A body that is written each time its request is sent, and is never whole in memory. What it throws ends the request before
/// it is complete: the connection is closed, and the target cannot take the part for the whole.
/// </summary>
/// <param name="write">Writes all of it. Called again when the request is repeated, unless it is not repeatable.</param>
public sealed class StreamedBody(Func<Stream, CancellationToken, Task> write)
{
    private const int Block = 64 * 1024;

    /// <summary>In bytes, exactly; null when it is not known, and the body is sent in chunks.</summary>
    public long? Length { get; init; }

    /// <summary>The header <c>Content-Type</c>, where the call's headers have none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether it can be written a second time. The default value is true.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>A body that is read from a stream, which is opened anew each time.</summary>
    /// <param name="open">Opens it at its start. What fails here has not been sent.</param>
    /// <param name="length">In bytes; null when it is not known.</param>
    /// <param name="contentType">The header <c>Content-Type</c>, where the call's headers have none.</param>
    public static StreamedBody From(
        Func<CancellationToken, Task<Stream>> open,
        long? length,
        string? contentType = null
    )
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamedBody(
            async (target, cancellation) =>
            {
                await using var source = await open(cancellation);
                await source.CopyToAsync(target, Block, cancellation);
            }
        )
        {
            Length = length,
            ContentType = contentType,
        };
    }

    internal Task WriteAsync(Stream target, CancellationToken cancellation) => write(target, cancellation);
}
