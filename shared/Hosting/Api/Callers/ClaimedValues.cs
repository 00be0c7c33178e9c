using System.Security.Claims;
using System.Text.Json;

namespace Integration.Hosting;

/// <summary>Texts in a claim of a JWT, in whichever of the usual ways the provider writes them.</summary>
internal static class ClaimedValues
{
    /// <summary>The values, and their words where one has several, as <c>scope</c> does.</summary>
    /// <param name="principal">With the claims as they are named in the JWT.</param>
    /// <param name="path">Name of the claim; a dot leads into an object.</param>
    public static IEnumerable<string> Of(ClaimsPrincipal principal, string path)
    {
        // The name itself may have dots, as in "https://example/roles".
        var claims = principal.FindAll(path).Select(claim => claim.Value).ToList();
        if (claims.Count == 0 && path.Split('.') is [var first, .. { Length: > 0 } rest])
            claims = [.. principal.FindAll(first).SelectMany(claim => Inside(claim.Value, rest))];
        return claims.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(value));
    }

    private static IEnumerable<string> Inside(string json, string[] path)
    {
        JsonElement found;
        try
        {
            found = JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return [];
        }

        foreach (var name in path)
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                return [];
        }

        return found.ValueKind switch
        {
            JsonValueKind.String => [found.GetString()!],
            JsonValueKind.Array =>
            [
                .. found
                    .EnumerateArray()
                    .Where(one => one.ValueKind == JsonValueKind.String)
                    .Select(one => one.GetString()!),
            ],
            _ => [],
        };
    }
}
