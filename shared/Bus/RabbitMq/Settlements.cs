using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// What becomes of the deliveries of one channel. Whatever is settled while the last settlements are sent goes out
/// together: one acknowledgement for all up to the oldest that is still open, which spares the broker and the network
/// most of them.
/// </summary>
/// <param name="channel">The channel they came by; its tags count from 1.</param>
/// <param name="lost">Called when the channel is gone.</param>
internal sealed class Settlements(IChannel channel, Action lost) : IThreadPoolWorkItem
{
    /// <summary>
    /// Tags that are remembered behind one that stays open. Beyond that each is acknowledged for itself, for as long as
    /// the channel lives: a delivery that takes so long is rare, and memory is to be bounded.
    /// </summary>
    private const int RememberedAtMost = 1_000;

    private readonly Lock _lock = new();

    // Settled, while an older one is open.
    private readonly HashSet<ulong> _ahead = [];
    private ulong _oldestOpen = 1;
    private Batch _waiting = new();
    private Batch? _underWay;
    private bool _gone;

    /// <summary>Completes when everything that was settled so far is sent, or the channel is gone.</summary>
    public Task Sent
    {
        get
        {
            lock (_lock)
                return (_waiting.Count > 0 ? _waiting : _underWay)?.Sent ?? Task.CompletedTask;
        }
    }

    /// <summary>Sends it soon: after what the pool's thread has to do at the moment.</summary>
    /// <returns>
    /// Completes when it is sent, or the channel is gone: the broker delivers again what was not settled. A caller that
    /// awaits it goes on together with the others of the batch.
    /// </returns>
    public Task SettleAsync(ulong tag, Settlement settlement)
    {
        Batch batch;
        lock (_lock)
        {
            if (_gone)
                return Task.CompletedTask;
            Close(tag);
            batch = _waiting;
            batch.Add((tag, settlement));
            if (_underWay is not null || batch.Count > 1)
                return batch.Sent;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return batch.Sent;
    }

    /// <summary>
    /// Sends nothing more: the channel is about to be closed, and a broker that gets something for a closed channel ends the connection.
    /// </summary>
    public void Close()
    {
        lock (_lock)
            _gone = true;
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private void Close(ulong tag)
    {
        if (tag != _oldestOpen)
        {
            if (_ahead.Count < RememberedAtMost)
                _ahead.Add(tag);
            return;
        }

        do _oldestOpen++;
        while (_ahead.Remove(_oldestOpen));
    }

    private async Task SendAsync()
    {
        try
        {
            while (TakeBatch(out var oldestOpen) is { } batch)
            {
                await SendAsync(batch, oldestOpen);
                batch.Complete();
            }
        }
        catch (Exception)
        {
            lock (_lock)
                _gone = true;
            lost();
            _underWay!.Complete();
            _waiting.Complete();
        }
    }

    private Batch? TakeBatch(out ulong oldestOpen)
    {
        lock (_lock)
        {
            oldestOpen = _oldestOpen;
            _underWay = _waiting.Count > 0 ? _waiting : null;
            if (_underWay is not null)
                _waiting = new Batch();
            return _underWay;
        }
    }

    private async Task SendAsync(Batch batch, ulong oldestOpen)
    {
        // Those that are returned first: an acknowledgement of several must not include them.
        ulong upTo = 0;
        foreach (var (tag, settlement) in batch)
        {
            if (settlement != Settlement.Acknowledge)
                await channel.BasicNackAsync(tag, multiple: false, requeue: settlement == Settlement.Requeue);
            else if (tag < oldestOpen)
                upTo = Math.Max(upTo, tag);
        }

        if (upTo > 0)
            await channel.BasicAckAsync(upTo, multiple: true);
        foreach (var (tag, settlement) in batch)
        {
            if (settlement == Settlement.Acknowledge && tag > upTo)
                await channel.BasicAckAsync(tag, multiple: false);
        }
    }

    private sealed class Batch : List<(ulong Tag, Settlement Settlement)>
    {
        private readonly TaskCompletionSource _sent = new();

        public Task Sent => _sent.Task;

        public void Complete() => _sent.TrySetResult();
    }
}
