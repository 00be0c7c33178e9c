using System.Net;

namespace Integration.Http;

/// <summary>A <see cref="StreamedBody"/> on its way.</summary>
/// <param name="body">The body.</param>
/// <param name="moved">Called whenever a part of it leaves.</param>
internal sealed class StreamedContent(StreamedBody body, Action moved) : SentContent
{
    private int _writes;

    public override bool IsSpent => !body.Repeatable && _writes > 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        // The framework itself sends a request again that a target refused to begin with.
        if (_writes++ > 0 && !body.Repeatable)
            throw new IOException("The body was sent already, and cannot be read a second time.");
        await body.WriteAsync(new TransferStream(stream, _ => Leave()), cancellationToken);
        Leave();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length ?? 0;
        return body.Length is not null;
    }

    // With the first byte and not before: what fails while the source is opened was not sent.
    private void Leave()
    {
        Begun = true;
        moved();
    }
}
