using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integration.Fixtures;

/// <summary>OpenAPI documents of services as snapshots.</summary>
public static class ApiDescriptions
{
    private static readonly JsonSerializerOptions _readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Fails when a service does not describe itself as it was accepted.</summary>
    /// <param name="client">Of the service.</param>
    /// <param name="file">Where the accepted document stands, from the root of the repository.</param>
    /// <param name="tests">The test project.</param>
    public static async Task MatchAsync(HttpClient client, string file, string tests)
    {
        var document = JsonElement.Parse(await client.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative)));
        Snapshot.Match(JsonSerializer.Serialize(document, _readable), file, tests);
    }
}
