namespace Integration.Bus.RabbitMq;

/// <summary>
/// What was published on one channel and is not confirmed yet, by the channel's sequence numbers: these are consecutive,
/// so a ring is enough, and neither a publish nor its confirm allocates. Not thread-safe.
/// </summary>
internal sealed class ConfirmWindow
{
    private PendingPublish?[] _ring = new PendingPublish?[256];
    private ulong _lowest = 1;
    private ulong _next = 1;

    public bool IsEmpty => _lowest == _next;

    /// <summary>The one that has waited longest.</summary>
    public PendingPublish? Oldest => IsEmpty ? null : _ring[Slot(_lowest)];

    /// <summary>Takes note of the next publish on the channel.</summary>
    public void Add(PendingPublish pending)
    {
        if (_next - _lowest == (ulong)_ring.Length)
            Grow();
        _ring[Slot(_next)] = pending;
        _next++;
    }

    /// <summary>Removes the publish with this number.</summary>
    /// <returns>Null when it is not awaited any more.</returns>
    public PendingPublish? Take(ulong number)
    {
        if (number < _lowest || number >= _next)
            return null;
        var pending = _ring[Slot(number)];
        _ring[Slot(number)] = null;
        while (_lowest < _next && _ring[Slot(_lowest)] is null)
            _lowest++;
        return pending;
    }

    /// <summary>Removes the oldest publish if its number is not above this one.</summary>
    public bool TryTakeUpTo(ulong number, out PendingPublish? pending)
    {
        pending = _lowest <= number ? Take(_lowest) : null;
        return pending is not null;
    }

    /// <summary>Those that fulfil a condition; they stay.</summary>
    public IEnumerable<PendingPublish> Where(Func<PendingPublish, bool> condition) =>
        _ring.OfType<PendingPublish>().Where(condition);

    private void Grow()
    {
        var larger = new PendingPublish?[_ring.Length * 2];
        for (var number = _lowest; number < _next; number++)
            larger[number & (ulong)(larger.Length - 1)] = _ring[Slot(number)];
        _ring = larger;
    }

    private ulong Slot(ulong number) => number & (ulong)(_ring.Length - 1);
}
