using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integration.Rest.Request;

/// <summary>The body of a request: JSON, or a text of any other media type.</summary>
internal static class RequestBody
{
    private const string _contentType = "Content-Type";

    // Letters as themselves: what is read as a web page is not written here.
    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Where the framework puts them beside a body; without a body they would vanish.
    private static readonly string[] _describing = ["Allow", "Expires", "Last-Modified"];

    /// <summary>Null for none. Adds the content type to the headers where they lack it.</summary>
    public static ReadOnlyMemory<byte>? Of(RequestOperation.Input input, Dictionary<string, string> headers)
    {
        if (input.Body is not { ValueKind: not JsonValueKind.Null } body)
        {
            RefuseDescription(headers);
            return null;
        }

        if (input.Method is RequestMethod.Get or RequestMethod.Head)
            throw InvalidInput.At("body", "does not go with GET or HEAD. Use query, or another method.");

        headers.TryAdd(_contentType, "application/json");
        var type = MediaTypeHeaderValue.TryParse(headers[_contentType], out var parsed)
            ? parsed
            : throw InvalidInput.At($"headers.{_contentType}", "is no media type such as application/json.");
        if (type.CharSet is { } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw InvalidInput.At($"headers.{_contentType}", "names a character set; bodies are sent in utf-8.");
        if (MediaTypes.IsJson(type.MediaType))
            return JsonSerializer.SerializeToUtf8Bytes(body, _plain);
        return body.ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetBytes(body.GetString()!)
            : throw InvalidInput.At("body", $"must be a text to be sent as {type.MediaType}.");
    }

    private static void RefuseDescription(Dictionary<string, string> headers)
    {
        var lost = headers.Keys.FirstOrDefault(name =>
            name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || _describing.Contains(name, StringComparer.OrdinalIgnoreCase)
        );
        if (lost is not null)
            throw InvalidInput.At($"headers.{lost}", "describes a body, but there is none. Remove it, or set body.");
    }
}
