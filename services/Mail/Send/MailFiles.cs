using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Mail.Content;
using MimeKit;

namespace Integration.Mail.Send;

/// <summary>Checks the files of a mail. They are opened when the server wants their bytes.</summary>
internal static partial class MailFiles
{
    private const string Anything = "application/octet-stream";
    private const int LongestName = 255;

    // RFC 6838, 4.2: 127 on each side.
    private const int LongestMediaType = 255;
    private const int LongestContentId = 255;

    // RFC 5322, 2.1.1: a line may have 998 characters.
    private const int LongestParameter = 900;

    public static IReadOnlyList<MailFile> Attachments(IReadOnlyList<Attachment>? attachments, IFileStores files) =>
        [.. (attachments ?? []).Select((one, i) => Attachment(one, $"attachments[{i}]", files))];

    public static IReadOnlyList<MailFile> Images(IReadOnlyList<InlineImage>? images, string? html, IFileStores files)
    {
        var read = (images ?? []).Select((one, i) => Image(one, $"images[{i}]", html ?? "", files)).ToList();
        if (read.GroupBy(image => image.ContentId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw InvalidInput.At("images", $"has two with the contentId '{twice.Key}'. Give each its own.");
        return read;
    }

    private static MailFile Attachment(Attachment? attachment, string field, IFileStores files)
    {
        if (attachment is null)
            throw InvalidInput.At(field, "is null.");
        var file = attachment.File;
        var name = attachment.Name ?? file.Name ?? file.Key.Split('/')[^1];
        Check(name, attachment.Name is null ? $"{field}.file.$file.name" : $"{field}.name");
        return Of(file, name, null, attachment.ContentType, field, files);
    }

    private static MailFile Image(InlineImage? image, string field, string html, IFileStores files)
    {
        if (image is null)
            throw InvalidInput.At(field, "is null.");
        HeaderText.Check(image.ContentId, $"{field}.contentId");
        if (image.ContentId.Length > LongestContentId || !ContentId().IsMatch(image.ContentId))
            throw InvalidInput.At(
                $"{field}.contentId",
                $"must be up to {LongestContentId} letters, digits, dots, hyphens and underscores, e.g. logo or logo@example.org."
            );
        if (!html.Contains($"cid:{image.ContentId}", StringComparison.Ordinal))
            throw InvalidInput.At(field, $"is not used: inputs.html has no cid:{image.ContentId}.");
        if (image.File.Name is { } name)
            Check(name, $"{field}.file.$file.name");
        return Of(image.File, image.File.Name, image.ContentId, image.ContentType, field, files);
    }

    private static MailFile Of(
        FileReference file,
        string? name,
        string? contentId,
        string? mediaType,
        string field,
        IFileStores files
    )
    {
        var place = mediaType is null ? $"{field}.file.$file.contentType" : $"{field}.contentType";
        var type = MediaType(mediaType ?? file.ContentType ?? Anything, place);
        return new MailFile(name, type, contentId, file.Size, token => files.OpenReadAsync(file, token));
    }

    private static void Check(string name, string field)
    {
        HeaderText.Check(name, field);
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny('/', '\\') || name is "." or "..")
            throw InvalidInput.At(field, $"must be a file name of up to {LongestName} characters without folders.");
    }

    private static ContentType MediaType(string text, string field)
    {
        HeaderText.Check(text, field);
        if (
            !MediaTypeHeaderValue.TryParse(text, out var type)
            || type.MediaType is not { Length: <= LongestMediaType } mediaType
        )
            throw NoMediaType(field);
        // A message or a multipart may not be in base64 (RFC 2046, 5.2.1), and files are.
        if (
            mediaType.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
            || mediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
        )
            return ContentType.Parse(Anything);
        var parameters = type
            .Parameters.Select(parameter => Parameter(parameter, field))
            .DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (parameters.Count < type.Parameters.Count)
            throw InvalidInput.At(field, "names a parameter twice. Name each once.");
        var whole = string.Join("; ", parameters.Select(one => $"{one.Name}={one.Value}").Prepend(mediaType));
        return ContentType.TryParse(whole, out var parsed) ? parsed : throw NoMediaType(field);
    }

    private static Exception NoMediaType(string field) =>
        InvalidInput.At(
            field,
            "is no media type. Write it like application/pdf, with parameters behind it where there are any: text/calendar; method=REQUEST."
        );

    // What a parameter means is the matter of whoever reads the mail: text/calendar is an invitation by its method only.
    private static (string Name, string Value) Parameter(NameValueHeaderValue parameter, string field)
    {
        var value = parameter.Value ?? "";
        if (value.Length == 0)
            throw InvalidInput.At(field, $"has a parameter without a value: '{parameter.Name}'.");
        if (parameter.Name.Length + value.Length > LongestParameter || !Ascii.IsValid(value))
            throw InvalidInput.At(
                field,
                $"has a parameter that no mail can hold: '{parameter.Name}' takes up to {LongestParameter} characters of ASCII."
            );
        return (parameter.Name, value);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+([.@][A-Za-z0-9_-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContentId();
}
