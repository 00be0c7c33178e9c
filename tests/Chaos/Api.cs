using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Clients;
using Refit;

namespace Integration.Chaos.Tests;

/// <summary>The public interfaces of core and treatment, asked until they answer: their processes come and go.</summary>
public sealed class Api(Cluster cluster) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _coreHttp = Http(cluster.UrlOf(Cluster.Core));
    private readonly HttpClient _treatmentHttp = Http(cluster.UrlOf(Cluster.Treatment));

    public Task DeployAsync(string bpmn) =>
        CoreAsync(async core =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(bpmn));
            return await core.DeployAsync(file);
        });

    /// <summary>Starts an instance; the order is also the key by which a repeated request is recognised.</summary>
    public Task StartAsync(string order, Uri ledger)
    {
        var variables = JsonSerializer.SerializeToElement(new { order, ledger = ledger.ToString() });
        return CoreAsync(core => core.StartAsync(new Start("chaos", variables, BusinessKey: order), order));
    }

    public async Task<IReadOnlyList<Instance>> InstancesAsync(string state)
    {
        var all = new List<Instance>();
        string? after = null;
        do
        {
            var (page, next) = await CoreAsync(async core =>
            {
                using var answer = await core.InstancesAsync(state, after: after, limit: 1000);
                var behind = answer.Next();
                return (answer.Content!, behind);
            });
            all.AddRange(page.Select(one => new Instance(one.Id, one.BusinessKey!, one.Incidents)));
            after = next;
        } while (after is not null);
        return all;
    }

    public async Task<IReadOnlyList<Failure>> FailuresAsync(string state)
    {
        var all = new List<Failure>();
        string? after = null;
        do
        {
            var page = await TreatmentAsync(treatment =>
                treatment.FailuresAsync(
                    new FailureFilter
                    {
                        State = state,
                        Limit = 100,
                        After = after,
                    }
                )
            );
            all.AddRange(
                page!.Failures.Select(one => new Failure(
                    one.Id,
                    one.Error.Category,
                    one.Error.Message,
                    one.Process?.BusinessKey,
                    one.Process?.Element
                ))
            );
            after = page.Next;
        } while (after is not null);
        return all;
    }

    public Task RetryAsync(Failure failure) =>
        TreatmentAsync(treatment => treatment.RetryAsync(failure.Id, new OperatorAction(By: "chaos")));

    public Task GiveUpAsync(Failure failure, string reason) =>
        TreatmentAsync(treatment => treatment.GiveUpAsync(failure.Id, new OperatorAction(reason, By: "chaos")));

    public Task CancelAsync(Instance instance) => CoreAsync(core => core.CancelAsync(instance.Id, new Cancel()));

    public void Dispose()
    {
        _coreHttp.Dispose();
        _treatmentHttp.Dispose();
    }

    private static HttpClient Http(Uri address)
    {
        var http = ApiClient.Http(address);
        http.Timeout = TimeSpan.FromSeconds(5);
        return http;
    }

    private Task<T?> CoreAsync<T>(Func<IProcessCoreApi, Task<T>> ask) =>
        AnsweredAsync(Cluster.Core, () => ask(ApiClient.Of<IProcessCoreApi>(_coreHttp)));

    private Task<T?> TreatmentAsync<T>(Func<IErrorTreatmentApi, Task<T>> ask) =>
        AnsweredAsync(Cluster.Treatment, () => ask(ApiClient.Of<IErrorTreatmentApi>(_treatmentHttp)));

    private async Task<T?> AnsweredAsync<T>(string service, Func<Task<T>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (ApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
            {
                // Another answer to a repeated action: what was asked for had been done before the process died.
                return default;
            }
            catch (ApiException e) when ((int)e.StatusCode < 500)
            {
                throw new InvalidOperationException($"{e.HttpMethod} {e.Uri}: {(int)e.StatusCode} {e.Content}", e);
            }
            catch (Exception e)
                when (e is ApiExceptionBase or HttpRequestException or TaskCanceledException or IOException)
            {
                if (Stopwatch.GetElapsedTime(started) > _patience)
                    throw new TimeoutException($"{service} did not answer:\n{cluster.LogOf(service)}", e);
            }

            await Task.Delay(100);
        }
    }
}

/// <summary>A process instance as the core lists it.</summary>
public sealed record Instance(string Id, string Order, int Incidents);

/// <summary>A failure as error treatment lists it.</summary>
public sealed record Failure(string Id, string Category, string Message, string? Order, string? Element);
