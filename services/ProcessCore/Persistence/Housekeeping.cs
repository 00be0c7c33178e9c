using System.Data.Common;
using Integration.Bus;
using Integration.Hosting;
using Integration.ProcessCore.Catalogue;

namespace Integration.ProcessCore.Persistence;

/// <summary>What nobody asks for and must happen all the same: due timers and deadlines, left-over messages, expiry.</summary>
internal sealed class Housekeeping(
    DueWork due,
    OutboxSweep outbox,
    Messages messages,
    Expiry expiry,
    CatalogueStore catalogue,
    InstanceWriter writer,
    OutboxPublisher publisher,
    CoreOptions options,
    TimeProvider time,
    ILogger<Housekeeping> log
) : IServiceComponent, IDisposable
{
    // Rarely needed, and each look costs a query.
    private const int RoundsBetweenSweeps = 10;

    private static readonly TimeSpan _afterTrouble = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Outage _outage = new(time);
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
            var well = await TryAsync(DoDueAsync) && await TryAsync(writer.ForgetPublishedAsync);
            if (well && round % RoundsBetweenSweeps == 0)
                well =
                    await TryAsync(outbox.SweepAsync)
                    && await TryAsync(messages.SweepAsync)
                    && await TryAsync(expiry.SweepAsync)
                    && await TryAsync(catalogue.SweepAsync);
            if (well && _outage.End() is { } lasted)
                log.LogInformation("Housekeeping works again, after {Outage}.", lasted);
            var pause = well ? options.PollInterval : _afterTrouble;
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DoDueAsync(CancellationToken cancellation)
    {
        while (await due.DoAsync(cancellation))
            cancellation.ThrowIfCancellationRequested();
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token);
            return true;
        }
        catch (DbException e)
        {
            if (_outage.IsToBeTold(e.Message))
                log.LogWarning("The database does not work ({Reason}); trying again until it does.", e.Message);
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested && _outage.IsToBeTold(e.Message))
                log.LogError(e, "Housekeeping failed; trying again every {Pause}.", _afterTrouble);
        }

        return false;
    }
}
