namespace Integration.Journeys.Tests;

/// <summary>An object store seen from its other side: Swift's own interface instead of the S3 one that the service uses.</summary>
public sealed class SwiftContainers : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _storage;

    private SwiftContainers(HttpClient http, string storage) => (_http, _storage) = (http, storage);

    /// <summary>Logs in.</summary>
    public static async Task<SwiftContainers> OpenAsync(SwiftServer server)
    {
        var http = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Uri, "auth/v1.0"));
        request.Headers.Add("X-Auth-User", server.AccessKey);
        request.Headers.Add("X-Auth-Key", server.SecretKey);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Add("X-Auth-Token", answer.Headers.GetValues("X-Auth-Token").Single());
        return new SwiftContainers(http, answer.Headers.GetValues("X-Storage-Url").Single());
    }

    /// <summary>Makes a container, which is a bucket.</summary>
    public async Task CreateAsync(string name)
    {
        using var answer = await _http.PutAsync(new Uri($"{_storage}/{name}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The names of what is in it.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string name) =>
        (await _http.GetStringAsync(new Uri($"{_storage}/{name}"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A content as text.</summary>
    public Task<string> ReadAsync(string name, string key) => _http.GetStringAsync(new Uri($"{_storage}/{name}/{key}"));

    public void Dispose() => _http.Dispose();
}
