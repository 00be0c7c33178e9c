using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Integration.Errors;
using Integration.Xml;

namespace Integration.Rest.Request;

/// <summary>The input <c>body</c>: JSON, or a text of any other media type.</summary>
internal static class PlainBody
{
    // Letters as themselves: what is read as a web page is not written here.
    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReadOnlyMemory<byte> Of(JsonElement body, Dictionary<string, string> headers)
    {
        headers.TryAdd(RequestBody.ContentType, "application/json");
        var type = MediaTypes.Parse(headers[RequestBody.ContentType], $"headers.{RequestBody.ContentType}");
        if (type.CharSet is { } charset && !Charsets.IsUtf8(charset))
            throw InvalidInput.At(
                $"headers.{RequestBody.ContentType}",
                $"names the character set {charset}; bodies are sent in utf-8. Remove it, or send the bytes as base64."
            );
        if (MediaTypes.IsJson(type.MediaType))
            return Json(body);
        return body.ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetBytes(body.GetString()!)
            : throw InvalidInput.At("body", $"must be a text to be sent as {type.MediaType}.");
    }

    public static byte[] Json(JsonElement value) => JsonSerializer.SerializeToUtf8Bytes(value, _plain);
}
