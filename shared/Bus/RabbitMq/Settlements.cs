using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// What becomes of the deliveries of one channel. Whatever is settled while the last settlements are sent goes out
/// together: one acknowledgement for all up to the oldest that is still open, which spares the broker and the network
/// most of them.
/// </summary>
/// <param name="channel">The channel they came by.</param>
/// <param name="lost">Told when the channel is gone.</param>
internal sealed class Settlements(IChannel channel, Action lost) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly OpenDelivery _ends = new(0);
    private List<(ulong Tag, Settlement Settlement)> _settled = [];
    private List<(ulong Tag, Settlement Settlement)> _underWay = [];
    private TaskCompletionSource? _sending;

    /// <summary>Completes when everything that was settled so far is sent, or the channel is gone.</summary>
    public Task Sent
    {
        get
        {
            lock (_lock)
                return _sending?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Takes note of a delivery. To be called in the order in which they come.</summary>
    public OpenDelivery Open(ulong tag)
    {
        var delivery = new OpenDelivery(tag);
        lock (_lock)
            delivery.InsertBefore(_ends);
        return delivery;
    }

    /// <summary>Sends it soon: after what the pool's thread has to do at the moment.</summary>
    public void Settle(OpenDelivery delivery, Settlement settlement)
    {
        lock (_lock)
        {
            delivery.Remove();
            _settled.Add((delivery.Tag, settlement));
            if (_sending is not null)
                return;
            _sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private async Task SendAsync()
    {
        try
        {
            while (TakeSettled() is { } oldestOpen)
                await SendAsync(oldestOpen);
        }
        catch (Exception)
        {
            // Nothing can be sent any more: the broker delivers again what was not settled.
            lost();
            lock (_lock)
                _sending!.TrySetResult();
        }
    }

    /// <summary>The tag of the oldest delivery that is still open; null when there is nothing to send.</summary>
    private ulong? TakeSettled()
    {
        lock (_lock)
        {
            _underWay.Clear();
            (_settled, _underWay) = (_underWay, _settled);
            if (_underWay.Count > 0)
                return _ends.Next == _ends ? ulong.MaxValue : _ends.Next.Tag;
            _sending!.TrySetResult();
            _sending = null;
            return null;
        }
    }

    private async Task SendAsync(ulong oldestOpen)
    {
        // Those that are returned first: an acknowledgement of several must not include them.
        ulong upTo = 0;
        foreach (var (tag, settlement) in _underWay)
        {
            if (settlement != Settlement.Acknowledge)
                await channel.BasicNackAsync(tag, multiple: false, requeue: settlement == Settlement.Requeue);
            else if (tag < oldestOpen)
                upTo = Math.Max(upTo, tag);
        }

        if (upTo > 0)
            await channel.BasicAckAsync(upTo, multiple: true);
        foreach (var (tag, settlement) in _underWay)
        {
            if (settlement == Settlement.Acknowledge && tag > upTo)
                await channel.BasicAckAsync(tag, multiple: false);
        }
    }
}
