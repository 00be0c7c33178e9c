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
        var (value, problem) = await OptionalJsonAsync<T>(request);
        return value is null && problem is null
            ? (null, Problems.BadRequest("body", "Send a JSON object."))
            : (value, problem);
    }

    /// <summary>The body as JSON; null when there is none.</summary>
    public static async Task<(T? Value, IResult? Problem)> OptionalJsonAsync<T>(HttpRequest request)
        where T : class
    {
        var (bytes, problem) = await BytesAsync(request, Limits.Body);
        if (problem is not null || bytes.Length == 0)
            return (null, problem);
        try
        {
            return (JsonSerializer.Deserialize<T>(bytes, _json), null);
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "body";
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
