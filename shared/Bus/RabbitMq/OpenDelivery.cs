namespace Integration.Bus.RabbitMq;

/// <summary>A delivery that is not settled yet, in a ring of those of its channel, in the order in which they came.</summary>
internal sealed class OpenDelivery
{
    private OpenDelivery _previous;

    public OpenDelivery(ulong tag)
    {
        Tag = tag;
        _previous = Next = this;
    }

    public ulong Tag { get; }

    public OpenDelivery Next { get; private set; }

    public void InsertBefore(OpenDelivery next)
    {
        (_previous, Next) = (next._previous, next);
        _previous.Next = next._previous = this;
    }

    public void Remove() => (_previous.Next, Next._previous) = (Next, _previous);
}
