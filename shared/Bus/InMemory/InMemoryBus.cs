using System.Collections.Immutable;
using Integration.Contracts;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.InMemory;

/// <summary>A broker within the process, for Standalone and tests: nothing survives it.</summary>
internal sealed class InMemoryBus(ILogger log, TimeProvider time) : IBus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryQueue> _queues = new(StringComparer.Ordinal);
    private ImmutableList<MemoryConsumer> _consumers = [];

    public BusState State { get; private set; }

    public Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(State == BusState.Closed, this);
            if (State == BusState.Connecting)
                Topology.LastResorts.ToList().ForEach(pipe => Declare(pipe, pipe.Queue));
            State = BusState.Connected;
        }

        return Task.CompletedTask;
    }

    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        var (exchange, routingKey, properties, body) = message;
        // As exact as AMQP is; and the publisher may use its buffer again.
        var seconds = properties.Timestamp?.ToUnixTimeSeconds();
        DateTimeOffset? timestamp = seconds is { } since ? DateTimeOffset.FromUnixTimeSeconds(since) : null;
        properties = properties with { Timestamp = timestamp, UserId = null };
        Route(exchange, new Delivery(exchange, routingKey, properties, body.ToArray()));
    }

    public async Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        var name = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
        lock (_lock)
        {
            var consumer = new MemoryConsumer(pipe, Declare(pipe, name), new InFlight(pipe, handler, time, log), Gone);
            _consumers = _consumers.Add(consumer);
            consumer.Start();
            return consumer;
        }

        void Gone(MemoryConsumer stopped)
        {
            lock (_lock)
                (_consumers, _) = (_consumers.Remove(stopped), pipe.Temporary && _queues.Remove(name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_consumers.Select(consumer => consumer.StopAsync(TimeSpan.Zero)));
        lock (_lock)
            State = BusState.Closed;
    }

    /// <summary>Into each queue that a binding of the exchange leads to; if there is none, by the alternate exchange.</summary>
    private void Route(string exchange, Delivery delivery)
    {
        lock (_lock)
        {
            var queues = _queues.Values.Where(queue => queue.Gets(exchange, delivery.RoutingKey)).ToList();
            queues.ForEach(queue => queue.Add(delivery));
            if (queues.Count == 0 && Exchanges.Published.Contains(exchange))
                Route(Exchanges.Unrouted, delivery);
        }
    }

    private MemoryQueue Declare(Pipe pipe, string name)
    {
        if (!_queues.TryGetValue(name, out var queue))
            _queues[name] = queue = new MemoryQueue(name, pipe, dead => Route(Exchanges.Dead, dead));
        queue.Bind(pipe);
        return queue;
    }
}
