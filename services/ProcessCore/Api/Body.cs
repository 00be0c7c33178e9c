using System.Text.Json;
using Integration.Contracts;

namespace Integration.ProcessCore.Api;

/// <summary>Bodies of requests, read so that a wrong one is answered with the field and the way out.</summary>
internal static class Body
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>The body as JSON, or why it is none.</summary>
    public static async Task<(T? Value, IResult? Problem)> JsonAsync<T>(HttpRequest request)
        where T : class
    {
        var (bytes, problem) = await BytesAsync(request, Limits.Body);
        if (problem is not null)
            return (null, problem);
        try
        {
            var value = JsonSerializer.Deserialize<T>(bytes, _json);
            return value is null ? (null, Problems.BadRequest("body", "Send a JSON object.")) : (value, null);
        }
        catch (JsonException e)
        {
            var field = string.IsNullOrEmpty(e.Path) ? "body" : e.Path;
            return (null, Problems.BadRequest(field, $"This is not the JSON that is expected there: {e.Message}"));
        }
    }

    /// <summary>The bytes, at most <paramref name="limit"/> of them.</summary>
    public static async Task<(byte[] Bytes, IResult? Problem)> BytesAsync(HttpRequest request, int limit)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
                return ([], Problems.TooLarge(limit));
            buffer.Write(chunk, 0, read);
        }

        return (buffer.ToArray(), null);
    }

    /// <summary>An object of variables; left out, it is empty.</summary>
    public static IResult? Variables(JsonElement? given, out JsonElement variables)
    {
        variables = given is { ValueKind: JsonValueKind.Object } ? given.Value : JsonElement.Parse("{}");
        return given is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined }
            ? null
            : Problems.BadRequest("variables", "Send a JSON object, e.g. {\"amount\": 100}.");
    }
}
