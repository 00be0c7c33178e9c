using System.Text.Json;
using Integration.Hosting;

namespace Integration.ProcessCore.Api;

/// <summary>Parts of bodies that several routes have.</summary>
internal static class Body
{
    /// <summary>An object of variables; left out, it is empty.</summary>
    public static IResult? Variables(JsonElement? given, out JsonElement variables)
    {
        variables = given is { ValueKind: JsonValueKind.Object } ? given.Value : JsonElement.Parse("{}");
        return given is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined }
            ? null
            : ApiProblem.BadField("variables", "Send a JSON object, e.g. {\"amount\": 100}.");
    }

    /// <summary>The header <c>Idempotency-Key</c>; null when there is none.</summary>
    public static string? IdempotencyKey(HttpRequest request) =>
        request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;
}
