using System.Security.Cryptography;
using System.Text;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The input <c>multipart</c>: <c>multipart/form-data</c> (RFC 7578). Its length is known before it is sent.</summary>
internal static class MultipartBody
{
    private const int MostParts = 100;
    private const int Block = 64 * 1024;

    public static RequestBody Of(
        IReadOnlyList<RequestPart> parts,
        Dictionary<string, string> headers,
        IFileStores files
    )
    {
        if (headers.ContainsKey(RequestBody.ContentType))
            throw InvalidInput.At(
                $"headers.{RequestBody.ContentType}",
                "holds the boundary of a multipart body, which the service sets itself. Remove it."
            );
        if (parts.Count is 0 or > MostParts)
            throw InvalidInput.At("multipart", $"must have 1 to {MostParts} parts.");

        // The author of a part cannot guess it, so no content can end a part before its end.
        var boundary = $"integration-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        headers[RequestBody.ContentType] = $"multipart/form-data; boundary={boundary}";
        var pieces = new List<Piece>();
        for (var i = 0; i < parts.Count; i++)
        {
            pieces.AddRange(
                Pieces(parts[i] ?? throw InvalidInput.At($"multipart[{i}]", "is null."), boundary, $"multipart[{i}]")
            );
        }

        pieces.Add(new Piece(Encoding.ASCII.GetBytes($"--{boundary}--\r\n")));
        var length = pieces.Sum(piece => piece.Length);
        if (pieces.TrueForAll(piece => piece.File is null))
            return new RequestBody(Join(pieces, (int)length));
        return new RequestBody(
            Streamed: new StreamedBody((target, cancellation) => WriteAsync(pieces, files, target, cancellation))
            {
                Length = length,
            }
        );
    }

    private static IEnumerable<Piece> Pieces(RequestPart part, string boundary, string field)
    {
        var given = new[]
        {
            part.Value is not null,
            part.Json is not null,
            part.Base64 is not null,
            part.File is not null,
        };
        if (given.Count(one => one) != 1)
            throw InvalidInput.At(field, "must have exactly one of value, json, base64 and file.");
        var (content, type) = part switch
        {
            { Value: { } value } => (new Piece(Encoding.UTF8.GetBytes(Scalar.Text(value, $"{field}.value"))), null),
            { Json: { } json } => (new Piece(PlainBody.Json(json)), "application/json"),
            { Base64: { } base64 } => (new Piece(BinaryBody.Decode(base64, $"{field}.base64")), BinaryBody.AnyType),
            _ => (new Piece([], part.File), part.File!.ContentType ?? BinaryBody.AnyType),
        };
        var fileName = part.FileName ?? part.File?.Name ?? part.File?.Key.Split('/')[^1];
        return
        [
            new Piece(PartHead.Of(boundary, part.Name, fileName, part.ContentType ?? type, field)),
            content,
            new Piece("\r\n"u8.ToArray()),
        ];
    }

    private static byte[] Join(List<Piece> pieces, int length)
    {
        var whole = new byte[length];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.Bytes.CopyTo(whole, at);
            at += piece.Bytes.Length;
        }

        return whole;
    }

    // All files are opened before the first byte is sent: one that is missing is reported while nothing has happened yet.
    private static async Task WriteAsync(
        List<Piece> pieces,
        IFileStores files,
        Stream target,
        CancellationToken cancellation
    )
    {
        var open = new Queue<Stream>();
        try
        {
            foreach (var piece in pieces.Where(piece => piece.File is not null))
                open.Enqueue(await files.OpenReadAsync(piece.File!, cancellation));
            foreach (var piece in pieces)
            {
                if (piece.File is null)
                {
                    await target.WriteAsync(piece.Bytes, cancellation);
                    continue;
                }

                await using var content = open.Dequeue();
                await content.CopyToAsync(target, Block, cancellation);
            }
        }
        finally
        {
            foreach (var content in open)
                await content.DisposeAsync();
        }
    }

    private sealed record Piece(byte[] Bytes, FileReference? File = null)
    {
        public long Length => File?.Size ?? Bytes.Length;
    }
}
