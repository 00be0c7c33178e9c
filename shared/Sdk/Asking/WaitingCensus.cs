using System.Diagnostics.Metrics;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Counts the tasks that wait for an answer, every half minute. Replicas on one database count the same ones. Nothing is counted
/// in a service that asks nobody.
/// </summary>
internal sealed class WaitingCensus(
    AskedTasks tasks,
    OperationCatalog operations,
    TimeProvider time,
    ILogger<WaitingCensus> log
) : IServiceComponent, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private readonly Meter _meter = new("Integration.Sdk");
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long _waiting;

    public Task StartAsync(CancellationToken cancellation)
    {
        if (operations.AnyAsks)
            _loop = Task.Run(() => LoopAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _stop.Dispose();
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_interval, time);
        await CountAsync(stop);
        _meter.CreateObservableGauge(
            "integration.tasks.waiting",
            () => Volatile.Read(ref _waiting),
            "{task}",
            "Tasks that have asked another service and wait for the answer, as they stand in the database."
        );
        while (await timer.WaitForNextTickAsync(stop))
            await CountAsync(stop);
    }

    private async Task CountAsync(CancellationToken stop)
    {
        try
        {
            Volatile.Write(ref _waiting, await tasks.CountAsync(stop));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The waiting tasks could not be counted; the next try is in half a minute.");
        }
    }
}
