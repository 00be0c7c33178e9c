using Integration.Clients;

namespace Integration.Journeys.Tests;

/// <summary>A service's HTTP interface, used as its users do.</summary>
public abstract class Api<TApi>(Uri url) : IDisposable
{
    private readonly HttpClient _http = ApiClient.Http(url);
    private TApi? _client;

    /// <summary>Without a slash at its end.</summary>
    public string Address => url.GetLeftPart(UriPartial.Authority);

    /// <summary>Its routes, one by one.</summary>
    protected TApi Client => _client ??= ApiClient.Of<TApi>(_http);

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Waiting for what a service answers.</summary>
public static class Api
{
    /// <summary>Generous: it only costs time when a journey fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Looks until what is there is as expected; otherwise the assertion's own failure tells what was there.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Action<T> expect)
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
}
