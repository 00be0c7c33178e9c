using Integration.Hosting;

namespace Integration.ProcessCore.Persistence;

/// <summary>What nobody asks for and must happen all the same: due timers and deadlines, left-over messages, expiry.</summary>
internal sealed class Housekeeping(
    DueWork due,
    OutboxSweep outbox,
    Messages messages,
    Expiry expiry,
    InstanceWriter writer,
    OutboxPublisher publisher,
    CoreOptions options,
    TimeProvider time,
    ILogger<Housekeeping> log
) : IServiceComponent, IDisposable
{
    // Rarely needed, and each look costs a query.
    private const int RoundsBetweenSweeps = 10;

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await outbox.TakeOverAsync(cancellation);
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _running;
        await publisher.StopAsync(cancellation);
        await writer.ForgetPublishedAsync(CancellationToken.None);
        await writer.DisposeAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        for (var round = 0; !_stopping.IsCancellationRequested; round++)
        {
            await TryAsync(DoDueAsync);
            await TryAsync(writer.ForgetPublishedAsync);
            if (round % RoundsBetweenSweeps == 0)
            {
                await TryAsync(outbox.SweepAsync);
                await TryAsync(messages.SweepAsync);
                await TryAsync(expiry.SweepAsync);
            }

            await Task.Delay(options.PollInterval, time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DoDueAsync(CancellationToken cancellation)
    {
        while (await due.DoAsync(cancellation))
            cancellation.ThrowIfCancellationRequested();
    }

    private async Task TryAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token);
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested)
                log.LogWarning(e, "Housekeeping failed and is tried again in {Interval}.", options.PollInterval);
        }
    }
}
