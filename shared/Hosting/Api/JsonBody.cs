using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>JSON bodies of routes that <see cref="RequestShapes.TakesJson"/>; a field that is not known is refused.</summary>
public static class JsonBody
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = JsonCheck.MaxDepth,
    };

    /// <summary>The body, or why it is not taken.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadJsonAsync<T>(this HttpRequest request)
        where T : class
    {
        var (value, problem) = await request.ReadOptionalJsonAsync<T>();
        return value is null && problem is null
            ? (null, ApiProblem.BadField("body", $"Send a JSON object{Fields<T>()}."))
            : (value, problem);
    }

    /// <summary>The body; null when there is none.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadOptionalJsonAsync<T>(this HttpRequest request)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        // The guard has put all of it into memory.
        if (request.Body is not MemoryStream body || body.Position == body.Length)
            return (null, null);
        var element = await JsonSerializer.DeserializeAsync<JsonElement>(
            body,
            _json,
            request.HttpContext.RequestAborted
        );
        if (element.ValueKind == JsonValueKind.Null)
            return (null, null);
        if (element.ValueKind != JsonValueKind.Object)
            return (null, ApiProblem.BadField("body", $"Send a JSON object{Fields<T>()}."));
        var names = Names<T>();
        foreach (var field in element.EnumerateObject())
        {
            if (!names.Contains(field.Name, StringComparer.Ordinal))
                return (
                    null,
                    ApiProblem.BadField(field.Name, $"There is no such field here. Send an object{Fields<T>()}.")
                );
        }

        try
        {
            return (element.Deserialize<T>(_json), null);
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "body";
            return (null, ApiProblem.BadField(field, "It has a value of another kind than is expected there."));
        }
    }

    private static string[] Names<T>() =>
        [.. typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static string Fields<T>() =>
        Names<T>() is { Length: > 0 } names ? $" with the fields {string.Join(", ", names)}" : " without fields";
}
