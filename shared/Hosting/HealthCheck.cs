using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Integration.Hosting;

/// <summary><c>--health-check</c>: asks the service running beside it, so that an image needs no other program for it.</summary>
internal static class HealthCheck
{
    public static async Task<int> RunAsync(WebApplication app)
    {
        var url = app.Configuration[WebHostDefaults.ServerUrlsKey]?.Split(';')[0] ?? "http://127.0.0.1:8080";
        var address = BindingAddress(url);
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
            using var answer = await client.GetAsync(new Uri(address, Health.Live));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
            return 1;
        }
    }

    // "http://+:8080" and "http://0.0.0.0:8080" mean every interface; loopback is one of them.
    private static Uri BindingAddress(string url) =>
        new(
            url.Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://[::]", "://[::1]", StringComparison.Ordinal)
        );
}
