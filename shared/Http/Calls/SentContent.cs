using System.Net;

namespace Integration.Http;

/// <summary>A body that knows whether it was handed to a connection: before that, the target has no whole request.</summary>
internal sealed class SentContent(ReadOnlyMemory<byte> body) : HttpContent
{
    public bool Begun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        Begun = true;
        await stream.WriteAsync(body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
