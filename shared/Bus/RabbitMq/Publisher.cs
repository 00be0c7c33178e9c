using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// All publishes of the process, through one writer at a time. A caller that finds no writer writes at once, for itself
/// and for those that come meanwhile; those only leave their message in the queue. So no caller waits for a lock, and a
/// lone publish needs no other thread. What is not confirmed goes through the queue again.
/// </summary>
internal sealed class Publisher : IAsyncDisposable
{
    /// <summary>How many messages of others a caller writes before a thread of the pool takes over.</summary>
    private const int LongestTurn = 32;

    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<PendingPublish> _queue = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly RabbitMqLink _link;
    private readonly PublishSettings _settings;
    private readonly ILogger _log;
    private readonly Outage _closed;
    private readonly Outage _refusing;
    private volatile ConfirmChannel? _channel;
    private int _writing;

    public Publisher(RabbitMqLink link, TimeSpan confirmTimeout, TimeProvider time, ILogger log)
    {
        _link = link;
        _log = log;
        _closed = new Outage(time);
        _refusing = new Outage(time);
        _settings = new PublishSettings(link.User, confirmTimeout, time, () => link.Blocked, Repeat, Repeated);
    }

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled(cancellation);
        var pending = new PendingPublish(message, cancellation);
        Enqueue(pending);
        return pending.Task;
    }

    /// <summary>Fails what is not confirmed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _channel?.Abandon("the bus is closed");
        WriteUnlessWritten();
    }

    private void Enqueue(PendingPublish pending)
    {
        _queue.Enqueue(pending);
        WriteUnlessWritten();
    }

    private void WriteUnlessWritten()
    {
        if (Interlocked.Exchange(ref _writing, 1) == 0)
            _ = WriteAsync();
    }

    private async Task WriteAsync()
    {
        do
        {
            for (var turn = 1; _queue.TryDequeue(out var pending); turn++)
            {
                if (!pending.Task.IsCompleted)
                    await WriteAsync(pending);
                if (turn % LongestTurn == 0)
                    await Task.Yield();
            }

            Volatile.Write(ref _writing, 0);
            // Another caller may have left a message after the last look and before the line above.
        } while (!_queue.IsEmpty && Interlocked.Exchange(ref _writing, 1) == 0);
    }

    private async ValueTask WriteAsync(PendingPublish pending)
    {
        try
        {
            if (_channel is not { Usable: true } channel)
                _channel = channel = await OpenChannelAsync();
            await channel.PublishAsync(pending);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            FailAsClosed(pending);
        }
        catch (Exception e)
        {
            // Nothing that is known; but a writer that ends would leave the process mute.
            pending.Fail(e);
        }
    }

    private async Task<ConfirmChannel> OpenChannelAsync()
    {
        while (true)
        {
            _closing.Token.ThrowIfCancellationRequested();
            var connection = await _link.OpenAsync(_closing.Token);
            try
            {
                var channel = await ConfirmChannel.OpenAsync(connection, _settings, _closing.Token);
                if (_closed.End() is { } lasted)
                    _log.LogInformation("There is a channel to publish on again, after {Outage}", lasted);
                return channel;
            }
            catch (Exception e) when (!_closing.IsCancellationRequested)
            {
                if (_closed.ShouldLog(e.Message))
                    _log.LogWarning("No channel to publish on ({Reason}); trying again until there is", e.Message);
                await Task.Delay(_firstPause, _settings.Time, _closing.Token);
            }
        }
    }

    private void Repeat(IReadOnlyList<PendingPublish> publishes, string reason)
    {
        if (publishes.Count == 0)
            return;
        if (!_closing.IsCancellationRequested && _refusing.ShouldLog(reason))
            _log.LogWarning("{Count} publishes are repeated: {Reason}", publishes.Count, reason);
        foreach (var pending in publishes)
            _ = EnqueueAgainAsync(pending);
    }

    private void Repeated()
    {
        if (_refusing.End() is { } lasted)
            _log.LogInformation("Publishes that were repeated are confirmed, after {Outage}", lasted);
    }

    private async Task EnqueueAgainAsync(PendingPublish pending)
    {
        var pause = TimeSpan.FromTicks(
            Math.Min(_firstPause.Ticks << Math.Min(pending.Repeats, 16), _longestPause.Ticks)
        );
        pending.Repeats++;
        try
        {
            await Task.Delay(pause, _settings.Time, _closing.Token);
            Enqueue(pending);
        }
        catch (OperationCanceledException)
        {
            FailAsClosed(pending);
        }
    }

    private static void FailAsClosed(PendingPublish pending) =>
        pending.Fail(new ObjectDisposedException(nameof(IBus), "The bus is closed; the message is not confirmed."));
}
