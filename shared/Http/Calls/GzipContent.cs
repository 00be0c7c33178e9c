using System.IO.Compression;
using System.Net;

namespace Integration.Http;

/// <summary>A body that is packed while it is sent, so that its length is not known before.</summary>
internal sealed class GzipContent : SentContent
{
    private readonly SentContent _body;

    public GzipContent(SentContent body)
    {
        _body = body;
        Headers.ContentEncoding.Add("gzip");
    }

    public override bool Begun => _body.Begun;

    public override bool IsSpent => _body.IsSpent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await _body.CopyToAsync(packed, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _body.Dispose();
        base.Dispose(disposing);
    }
}
