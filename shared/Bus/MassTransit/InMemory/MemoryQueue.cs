using MassTransit;

namespace Integration.Bus.MassTransit.InMemory;

/// <summary>
/// What a quorum queue does and MassTransit's in-memory transport does not: holds what nobody consumes, shares it
/// between consumers up to their prefetch, takes back what is returned and counts that, gives up at the delivery limit.
/// Fed by a receive endpoint that runs for as long as the queue exists.
/// </summary>
internal sealed class MemoryQueue(Pipe pipe, string name, Func<MemoryMessage, Task> deadLetter)
    : IFilter<ReceiveContext>
{
    private readonly Lock _lock = new();
    private readonly LinkedList<MemoryDelivery> _ready = [];
    private readonly LinkedList<MemoryConsumer> _consumers = [];

    public string Name => name;

    public int DeliveryLimit => Topology.DeliveryLimit(pipe);

    public int? KeepNewest => pipe.KeepNewest;

    /// <summary>What feeds it.</summary>
    public HostReceiveEndpointHandle? Endpoint { get; set; }

    /// <summary>A message has come.</summary>
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        lock (_lock)
            _ready.AddLast(new MemoryDelivery(MemoryMessage.From(context)));
        Pump();
        DropOldest();
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("queue").Add("name", name);

    public void Attach(MemoryConsumer consumer)
    {
        lock (_lock)
            _consumers.AddLast(consumer);
        Pump();
    }

    public void Detach(MemoryConsumer consumer)
    {
        lock (_lock)
            _consumers.Remove(consumer);
    }

    /// <summary>A consumer is done with a delivery and has room for another one.</summary>
    public async Task SettleAsync(MemoryDelivery delivery, Settlement settlement)
    {
        if (settlement == Settlement.DeadLetter)
            await DeadLetterAsync(delivery, "rejected");
        else if (IsGivenUp(delivery, settlement))
            await DeadLetterAsync(delivery, "delivery_limit");
        else if (settlement == Settlement.Requeue)
            lock (_lock)
                _ready.AddFirst(delivery with { Returns = delivery.Returns + 1 });
        Pump();
    }

    /// <summary>Hands out what is ready, in turn to those who have room.</summary>
    public void Pump()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_ready.First is not { Value: var delivery } || NextWithRoom() is not { } consumer)
                    return;
                _ready.RemoveFirst();
                consumer.Start(delivery);
            }
        }
    }

    /// <summary>A queue that keeps the newest only has no dead-letter exchange.</summary>
    private Task DeadLetterAsync(MemoryDelivery delivery, string reason) =>
        KeepNewest is null ? deadLetter(delivery.Message with { Death = new Death(reason, name) }) : Task.CompletedTask;

    private bool IsGivenUp(MemoryDelivery delivery, Settlement settlement) =>
        settlement == Settlement.Requeue && delivery.Returns >= DeliveryLimit;

    private void DropOldest()
    {
        lock (_lock)
        {
            while (_ready.Count > KeepNewest)
                _ready.RemoveFirst();
        }
    }

    private MemoryConsumer? NextWithRoom()
    {
        var consumer = _consumers.FirstOrDefault(candidate => candidate.TryTakeSlot());
        if (consumer is not null)
        {
            _consumers.Remove(consumer);
            _consumers.AddLast(consumer);
        }

        return consumer;
    }
}

/// <summary>A message in a queue.</summary>
/// <param name="Message">What it is.</param>
/// <param name="Returns">How often it was returned.</param>
internal sealed record MemoryDelivery(MemoryMessage Message, int Returns = 0);
