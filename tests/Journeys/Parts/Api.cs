using System.Net.Http.Json;
using System.Text.Json;

namespace Integration.Journeys.Tests;

/// <summary>A service's HTTP interface, used as its users do.</summary>
public abstract class Api(Uri url) : IDisposable
{
    /// <summary>Without a slash at its end.</summary>
    public string Address => url.GetLeftPart(UriPartial.Authority);

    /// <summary>Generous: it only costs time when a journey fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<T> GetAsync<T>(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync<T>(answer);
    }

    protected async Task<T> PostAsync<T>(string path, HttpContent? content = null)
    {
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await ReadAsync<T>(answer);
    }

    protected static JsonContent Json(object body) => JsonContent.Create(body, options: JsonSerializerOptions.Web);

    /// <summary>Looks until what is there is as expected; otherwise the assertion's own failure tells what was there.</summary>
    protected static async Task<T> UntilAsync<T>(Func<Task<T>> look, Action<T> expect)
    {
        var found = default(T)!;
        var looked = false;
        await Eventually.PassesAsync(
            async () =>
            {
                if (looked)
                    await Task.Delay(100);
                looked = true;
                found = await look();
                expect(found);
            },
            Patience
        );
        return found;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {text}");
    }
}
