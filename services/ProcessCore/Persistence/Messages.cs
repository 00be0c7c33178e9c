using Integration.Contracts;
using Integration.Hosting;

namespace Integration.ProcessCore.Persistence;

/// <summary>Takes messages from outside, whichever way they came.</summary>
internal sealed class Messages(MessageStore store, Correlator correlator, InstanceWriter writer, ILogger<Messages> log)
    : IServiceComponent,
        IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Keeps the message and looks for a taker.</summary>
    /// <returns>Whether it is new, and the instance that took it, if one did already.</returns>
    public async Task<(bool IsNew, string? InstanceId)> TakeAsync(
        MessageReceived message,
        TraceContext trace,
        CancellationToken cancellation
    )
    {
        if (!await store.KeepAsync(message, trace, cancellation))
            return (false, null);
        return (true, await correlator.CorrelateAsync(message.RequestId, cancellation));
    }

    /// <summary>Brings together what belongs together and was left alone by a crash.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var message in await store.LeftOverAsync(cancellation))
        {
            try
            {
                await correlator.CorrelateAsync(message, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The message {Message} cannot be delivered; the next sweep tries again.", message);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        writer.Opened = opened => _ = LookAsync(opened);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellation) => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private async Task LookAsync(IReadOnlyList<SubscriptionRow> opened)
    {
        try
        {
            foreach (var message in await store.WaitingForAsync(opened, _stopping.Token))
                await correlator.CorrelateAsync(message, _stopping.Token);
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested)
                log.LogWarning(e, "Waiting messages were not looked up; the next sweep does it.");
        }
    }
}
