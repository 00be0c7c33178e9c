using System.Threading.Channels;

namespace Integration.Bus.InMemory;

/// <summary>As a quorum queue: keeps order, takes back what is returned to where it was, gives up at the delivery limit.</summary>
internal sealed class MemoryQueue(string name, Pipe declared, Action<Delivery> deadLetter)
{
    private readonly Channel<QueuedDelivery> _ready = Channel.CreateUnboundedPrioritized<QueuedDelivery>();
    private readonly HashSet<Binding> _bindings = [];
    private long _last;

    /// <exception cref="InvalidOperationException">It was declared with other arguments.</exception>
    public void Bind(Pipe pipe)
    {
        if ((Topology.DeliveryLimit(declared), declared.KeepNewest) != (Topology.DeliveryLimit(pipe), pipe.KeepNewest))
            throw new InvalidOperationException(
                $"The queue {name} exists with another DeliveryLimit or KeepNewest than this pipe has. Make them the same."
            );
        _bindings.UnionWith(pipe.Bindings);
        _bindings.ExceptWith(pipe.Unbound);
    }

    public bool Gets(string exchange, string routingKey) =>
        _bindings.Any(bound => bound.Exchange == exchange && TopicPattern.Matches(bound.Pattern, routingKey));

    public void Add(Delivery delivery)
    {
        _ready.Writer.TryWrite(new QueuedDelivery(delivery, ++_last));
        while (_ready.Reader.Count > declared.KeepNewest)
            _ready.Reader.TryRead(out _);
    }

    public ValueTask<QueuedDelivery> TakeAsync(CancellationToken cancellation) => _ready.Reader.ReadAsync(cancellation);

    public void Settle(QueuedDelivery taken, Settlement settlement)
    {
        var (delivery, number, returns) = taken;
        var reason = settlement == Settlement.DeadLetter ? "rejected" : "delivery_limit";
        if (settlement == Settlement.Requeue && returns < Topology.DeliveryLimit(declared))
            _ready.Writer.TryWrite(new(delivery with { Redelivered = true }, number, returns + 1));
        // A queue that keeps the newest only has no dead-letter exchange.
        else if (settlement != Settlement.Acknowledge && declared.KeepNewest is null)
            deadLetter(delivery with { Redelivered = false, Death = new Death(reason, name) });
    }
}

/// <summary>A message in a queue: its place (the lowest number goes first), and how often it was returned.</summary>
internal sealed record QueuedDelivery(Delivery Delivery, long Number, int Returns = 0) : IComparable<QueuedDelivery>
{
    public int CompareTo(QueuedDelivery? other) => Number.CompareTo(other?.Number);
}
