using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Integration.Chaos.Tests;

/// <summary>The public interfaces of core and treatment, asked until they answer: their processes come and go.</summary>
public sealed class Api(Cluster cluster) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public Task DeployAsync(string bpmn) =>
        SendAsync(
            Cluster.Core,
            HttpMethod.Post,
            "/definitions",
            () => new StringContent(bpmn, System.Text.Encoding.UTF8, "application/xml")
        );

    /// <summary>Starts an instance; the order is also the key by which a repeated request is recognised.</summary>
    public Task StartAsync(string order, Uri ledger) =>
        SendAsync(
            Cluster.Core,
            HttpMethod.Post,
            "/instances",
            () =>
                JsonContent.Create(
                    new
                    {
                        definition = "chaos",
                        businessKey = order,
                        variables = new { order, ledger = ledger.ToString() },
                    }
                ),
            order
        );

    public async Task<IReadOnlyList<Instance>> InstancesAsync(string state)
    {
        var all = new List<Instance>();
        string? before = null;
        while (true)
        {
            var page = await GetAsync(
                Cluster.Core,
                $"/instances?state={state}&limit=1000{(before is null ? "" : $"&before={before}")}"
            );
            var instances = page.EnumerateArray()
                .Select(instance => new Instance(
                    instance.GetProperty("id").GetString()!,
                    instance.GetProperty("businessKey").GetString()!,
                    instance.GetProperty("incidents").GetInt32()
                ))
                .ToList();
            all.AddRange(instances);
            if (instances.Count < 1000)
                return all;
            before = instances[^1].Id;
        }
    }

    public async Task<IReadOnlyList<Failure>> FailuresAsync(string state)
    {
        var all = new List<Failure>();
        string? after = null;
        do
        {
            var page = await GetAsync(
                Cluster.Treatment,
                $"/failures?state={state}&limit=100{(after is null ? "" : $"&after={after}")}"
            );
            all.AddRange(
                page.GetProperty("failures")
                    .EnumerateArray()
                    .Select(failure => new Failure(
                        failure.GetProperty("id").GetString()!,
                        failure.GetProperty("error").GetProperty("category").GetString()!,
                        failure.GetProperty("error").GetProperty("message").GetString()!,
                        failure.TryGetProperty("process", out var process)
                            ? process.GetProperty("businessKey").GetString()
                            : null,
                        failure.TryGetProperty("process", out process)
                            ? process.GetProperty("element").GetString()
                            : null
                    ))
            );
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (after is not null);
        return all;
    }

    public Task RetryAsync(Failure failure) =>
        SendAsync(
            Cluster.Treatment,
            HttpMethod.Post,
            $"/failures/{failure.Id}/retry",
            () => JsonContent.Create(new { by = "chaos" })
        );

    public Task GiveUpAsync(Failure failure, string reason) =>
        SendAsync(
            Cluster.Treatment,
            HttpMethod.Post,
            $"/failures/{failure.Id}/give-up",
            () => JsonContent.Create(new { by = "chaos", reason })
        );

    public Task CancelAsync(Instance instance) =>
        SendAsync(Cluster.Core, HttpMethod.Post, $"/instances/{instance.Id}/cancel", () => null);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GetAsync(string service, string path) =>
        await SendAsync(service, HttpMethod.Get, path, () => null);

    private async Task<JsonElement> SendAsync(
        string service,
        HttpMethod method,
        string path,
        Func<HttpContent?> content,
        string? key = null
    )
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(cluster.UrlOf(service), path))
                {
                    Content = content(),
                };
                if (key is not null)
                    request.Headers.Add("Idempotency-Key", key);
                using var answer = await _http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
                // Another answer to a repeated action: what was asked for had been done before the process died.
                if (answer.StatusCode == HttpStatusCode.Conflict)
                    return default;
                if ((int)answer.StatusCode < 500)
                    throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {body}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                if (Stopwatch.GetElapsedTime(started) > _patience)
                    throw new TimeoutException(
                        $"{service} did not answer {method} {path}:\n{cluster.LogOf(service)}",
                        e
                    );
            }

            await Task.Delay(100);
        }
    }
}

/// <summary>A process instance as the core lists it.</summary>
public sealed record Instance(string Id, string Order, int Incidents);

/// <summary>A failure as error treatment lists it.</summary>
public sealed record Failure(string Id, string Category, string Message, string? Order, string? Element);
