using System.Text.Json.Serialization.Metadata;

namespace Integration.Standalone.Clients;

/// <summary>Calls whose answer is JSON, or an error that says who answered what.</summary>
internal static class Answers
{
    private const int Excerpt = 300;

    /// <exception cref="HttpRequestException">Any status but 2xx.</exception>
    public static async Task<T> CallAsync<T>(
        this HttpClient http,
        HttpMethod method,
        string path,
        HttpContent? content,
        JsonTypeInfo<T> json,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellation);
            throw new HttpRequestException(
                $"{method} {http.BaseAddress}{path} answered {(int)response.StatusCode}: "
                    + text[..Math.Min(text.Length, Excerpt)],
                inner: null,
                response.StatusCode
            );
        }

        return await response.Content.ReadFromJsonAsync(json, cancellation)
            ?? throw new HttpRequestException($"{method} {http.BaseAddress}{path} answered null.");
    }
}
