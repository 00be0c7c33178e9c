using System.Security.Cryptography;
using System.Text;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;

namespace Integration.S3.PutObject;

/// <summary>The content of an object to be stored: from the task itself or from a file store. Size and hash are known beforehand.</summary>
internal sealed record SentContent(
    long Size,
    string Sha256,
    string ContentType,
    Func<IFileStores, CancellationToken, Task<Stream>> OpenAsync
)
{
    public static SentContent Of(PutObjectOperation.Input input, int inlineLimit)
    {
        var given = new object?[] { input.Text, input.Base64, input.File }.Count(content => content is not null);
        if (given != 1)
            throw InvalidInput.At("text, base64 or file", $"is the content: send exactly one of them, not {given}.");
        return input.File is { } file ? Referred(file, input.ContentType)
            : input.Text is { } text
                ? Inline(
                    Encoding.UTF8.GetBytes(text),
                    "text",
                    input.ContentType ?? "text/plain; charset=utf-8",
                    inlineLimit
                )
            : Inline(Bytes(input.Base64!), "base64", input.ContentType ?? "application/octet-stream", inlineLimit);
    }

    private static SentContent Referred(FileReference file, string? contentType) =>
        new(
            file.Size,
            file.Sha256,
            contentType ?? file.ContentType ?? "application/octet-stream",
            (files, cancellation) => files.OpenReadAsync(file, cancellation)
        );

    private static SentContent Inline(byte[] content, string field, string contentType, int limit) =>
        content.Length <= limit
            ? new SentContent(
                content.Length,
                Convert.ToHexStringLower(SHA256.HashData(content)),
                contentType,
                (_, _) => Task.FromResult<Stream>(new MemoryStream(content, writable: false))
            )
            : throw InvalidInput.At(
                field,
                $"has more than {limit} bytes; S3__MaxInlineBytes of the service sets the bound. Send a file reference instead."
            );

    private static byte[] Bytes(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw InvalidInput.At("base64", "is no base64.");
        }
    }
}
