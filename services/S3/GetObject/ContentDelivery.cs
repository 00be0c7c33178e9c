using System.Security.Cryptography;
using System.Text;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Microsoft.Extensions.Options;

namespace Integration.S3.GetObject;

/// <summary>Hands a downloaded content over in the form that was asked for, checked against every hash that is known.</summary>
[Raises(
    ErrorCategory.Data,
    "object-mismatch",
    "The content does not have the SHA-256 that is expected.",
    "It was changed or damaged: store it again, or correct what is expected."
)]
[Raises(ErrorCategory.Data, "not-text", "The object is no text in UTF-8.", "Ask for it as `base64` or `file`.")]
[Raises(
    ErrorCategory.Volumetric,
    "object-too-large",
    "The object is larger than `S3__MaxInlineBytes`, what an event takes.",
    "Ask for it as `file`."
)]
public sealed class ContentDelivery(IFileStores files, IOptions<S3ServiceOptions> options)
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The form that an input asks for.</summary>
    internal static ContentForm FormOf(GetObjectOperation.Input input)
    {
        var form = input.As ?? (input.FileStore is null ? ContentForm.Text : ContentForm.File);
        if (form == ContentForm.File && input.FileStore is null)
            throw InvalidInput.At("fileStore", "is missing: name the file store that the content is saved to.");
        if (form != ContentForm.File && input.FileStore is not null)
            throw InvalidInput.At("fileStore", "is for contents as 'file' only. Remove it, or as.");
        if (input.Sha256 is { } hash && !(hash.Length == 64 && hash.All(char.IsAsciiHexDigit)))
            throw InvalidInput.At("sha256", "is no SHA-256: 64 hexadecimal digits.");
        return form;
    }

    internal async Task<GetObjectOperation.Output> DeliverAsync(
        GetObjectOperation.Input input,
        ContentForm form,
        ObjectPlace place,
        ObjectContent found,
        CancellationToken cancellation
    )
    {
        var answer = found.Answer;
        var expected = input.Sha256?.ToLowerInvariant() ?? ObjectMetadata.Sha256Of(answer.Metadata);
        var output = new GetObjectOperation.Output(
            ETags.Plain(answer.ETag),
            answer.ContentLength,
            "",
            ObjectMetadata.Of(answer.Metadata),
            answer.Headers.ContentType,
            answer.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
            answer.VersionId
        );
        if (form == ContentForm.File)
        {
            var name = input.Name ?? input.Key.Split('/')[^1];
            await using var checkedContent = new ExpectedContent(found.Content, answer.ContentLength, expected, place);
            var file = await files.SaveAsync(
                input.FileStore!,
                checkedContent,
                name,
                answer.Headers.ContentType,
                cancellation
            );
            return output with { Size = file.Size, Sha256 = file.Sha256, File = file };
        }

        var content = await InlineAsync(place, found, cancellation);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (expected is not null && expected != hash)
            throw ExpectedContent.Mismatch(place, expected, hash);
        output = output with { Size = content.Length, Sha256 = hash };
        return form == ContentForm.Base64
            ? output with
            {
                Base64 = Convert.ToBase64String(content),
            }
            : output with
            {
                Text = Text(place, content),
            };
    }

    private async Task<byte[]> InlineAsync(ObjectPlace place, ObjectContent found, CancellationToken cancellation)
    {
        var limit = options.Value.MaxInlineBytes;
        if (found.Answer.ContentLength > limit)
            throw TooLarge(place, found.Answer.ContentLength, limit);
        var content = new byte[limit + 1];
        var length = await found.Content.ReadAtLeastAsync(content, content.Length, false, cancellation);
        return length <= limit ? content[..length] : throw TooLarge(place, length, limit);
    }

    private static VolumetricErrorException TooLarge(ObjectPlace place, long size, int limit) =>
        new(
            "object-too-large",
            $"{place} has {size} bytes; an event takes {limit} at most (S3__MaxInlineBytes). Ask for it as a file reference."
        );

    private static string Text(ObjectPlace place, byte[] content)
    {
        try
        {
            return _strict.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataErrorException(
                "not-text",
                $"{place} is no text in UTF-8. Ask for it as base64 or as a file reference.",
                e
            );
        }
    }
}
