using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// One writer for all publishes of the process: callers put theirs in a queue and never wait for each other; what is
/// not confirmed goes through the queue again.
/// </summary>
internal sealed class Publisher : IAsyncDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Channel<PendingPublish> _queue = Channel.CreateUnbounded<PendingPublish>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly CancellationTokenSource _closing = new();
    private readonly RabbitMqLink _link;
    private readonly PublishSettings _settings;
    private readonly ILogger _log;
    private readonly Task _writing;
    private volatile ConfirmChannel? _channel;

    public Publisher(RabbitMqLink link, TimeSpan confirmTimeout, TimeProvider time, ILogger log)
    {
        _link = link;
        _log = log;
        _settings = new PublishSettings(confirmTimeout, time, () => link.Blocked, Repeat);
        _writing = Task.Run(WriteAsync);
    }

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled(cancellation);
        var pending = new PendingPublish(message, cancellation);
        Enqueue(pending);
        return pending.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        _channel?.Abandon("the bus is closed");
        await _writing;
        while (_queue.Reader.TryRead(out var pending))
            FailAsClosed(pending);
        _closing.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_closing.Token))
            {
                if (_channel is not { Usable: true } channel)
                    _channel = channel = await OpenChannelAsync();
                while (channel.Usable && _queue.Reader.TryRead(out var pending))
                {
                    if (!pending.Task.IsCompleted)
                        await channel.PublishAsync(pending);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task<ConfirmChannel> OpenChannelAsync()
    {
        while (true)
        {
            var connection = await _link.OpenAsync(_closing.Token);
            try
            {
                return await ConfirmChannel.OpenAsync(connection, _settings, _closing.Token);
            }
            catch (Exception e) when (!_closing.IsCancellationRequested)
            {
                _log.LogWarning("No channel to publish on ({Reason}); trying again", e.Message);
                await Task.Delay(_firstPause, _settings.Time, _closing.Token);
            }
        }
    }

    private void Repeat(IReadOnlyList<PendingPublish> publishes, string reason)
    {
        if (publishes.Count == 0)
            return;
        _log.LogWarning("{Count} publishes are repeated: {Reason}", publishes.Count, reason);
        foreach (var pending in publishes)
            _ = EnqueueAgainAsync(pending);
    }

    private async Task EnqueueAgainAsync(PendingPublish pending)
    {
        var pause = TimeSpan.FromTicks(
            Math.Min(_firstPause.Ticks << Math.Min(pending.Repeats, 16), _longestPause.Ticks)
        );
        pending.Repeats++;
        if (!_closing.IsCancellationRequested)
            await Task.Delay(pause, _settings.Time);
        Enqueue(pending);
    }

    private void Enqueue(PendingPublish pending)
    {
        if (!_queue.Writer.TryWrite(pending))
            FailAsClosed(pending);
    }

    private static void FailAsClosed(PendingPublish pending) =>
        pending.Fail(new ObjectDisposedException(nameof(IBus), "The bus is closed; the message is not confirmed."));
}
