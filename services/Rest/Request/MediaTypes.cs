using System.Net.Http.Headers;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>What is JSON, what is XML, and what is a media type at all.</summary>
internal static class MediaTypes
{
    public static bool IsJson(string? mediaType) => Is(mediaType, "json");

    public static bool IsXml(string? mediaType) => Is(mediaType, "xml");

    /// <summary>Whether people or programs read it as text: what is not said may be text as well.</summary>
    public static bool IsReadable(string? mediaType) =>
        mediaType is null
        || mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || IsJson(mediaType)
        || IsXml(mediaType);

    public static MediaTypeHeaderValue Parse(string text, string field) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && MediaTypeHeaderValue.TryParse(text, out var parsed)
            ? parsed
            : throw InvalidInput.At(field, "is no media type such as application/json.");

    private static bool Is(string? mediaType, string format) =>
        mediaType is not null
        && mediaType.EndsWith(format, StringComparison.OrdinalIgnoreCase)
        && mediaType.Length > format.Length
        && mediaType[^(format.Length + 1)] is '/' or '+';
}
