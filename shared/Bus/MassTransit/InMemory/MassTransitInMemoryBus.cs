using System.Collections.Immutable;
using Integration.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit.InMemory;

/// <summary>
/// MassTransit in memory. Its transport carries a message into a queue; what RabbitMQ does around that is done here:
/// topic routing, the alternate exchange, dead letters, the delivery limit.
/// </summary>
internal sealed class MassTransitInMemoryBus : IBus
{
    private readonly MassTransitHost _host;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private ImmutableArray<MemoryBinding> _bindings = [];
    private ImmutableDictionary<string, MemoryQueue> _queues = ImmutableDictionary<string, MemoryQueue>.Empty;
    private ImmutableArray<MemoryConsumer> _consumers = [];
    private volatile BusState _state = BusState.Connecting;

    public MassTransitInMemoryBus(ILoggerFactory logging, TimeProvider time)
    {
        _time = time;
        _log = logging.CreateLogger<MassTransitInMemoryBus>();
        _host = new MassTransitHost(logging, registration => registration.UsingInMemory((_, _) => { }));
    }

    public BusState State => _state;

    public async Task StartAsync(CancellationToken cancellation)
    {
        if (_state == BusState.Connected)
            return;
        await _changing.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_state == BusState.Closed, this);
            if (_state == BusState.Connected)
                return;
            await _host.Bus.StartAsync(cancellation);
            foreach (var pipe in Topology.LastResorts)
                await DeclareAsync(pipe, pipe.Queue, cancellation);
            _state = BusState.Connected;
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await StartAsync(cancellation);
        await RouteAsync(message.Exchange, new MemoryMessage(message), cancellation);
    }

    public async Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        await _changing.WaitAsync(cancellation);
        try
        {
            var name = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
            var queue = await DeclareAsync(pipe, name, cancellation);
            var inFlight = new InFlight(pipe, handler, _time, _log);
            var consumer = new MemoryConsumer(
                pipe,
                queue,
                inFlight,
                stopped: () => pipe.Temporary ? RemoveAsync(queue) : Task.CompletedTask
            );
            _consumers = _consumers.Add(consumer);
            queue.Attach(consumer);
            return consumer;
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_state == BusState.Closed)
            return;
        await Task.WhenAll(_consumers.Select(consumer => consumer.DisposeAsync().AsTask()));
        var started = _state == BusState.Connected;
        _state = BusState.Closed;
        if (started)
            await _host.Bus.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    /// <summary>Into each queue that a binding of the exchange leads to; if there is none, by the alternate exchange.</summary>
    private async Task RouteAsync(string exchange, MemoryMessage message, CancellationToken cancellation)
    {
        var queues = QueuesOf(exchange, message.Message.RoutingKey);
        if (queues.Length == 0 && Exchanges.Published.Contains(exchange))
            queues = QueuesOf(Exchanges.Unrouted, message.Message.RoutingKey);
        foreach (var queue in queues)
        {
            var endpoint = await _host.Bus.GetSendEndpoint(new Uri($"queue:{queue.Name}"));
            await endpoint.Send(RawMessage.Instance, message, cancellation);
        }
    }

    private MemoryQueue[] QueuesOf(string exchange, string routingKey) =>
        [
            .. _bindings
                .Where(binding => binding.Exchange == exchange && binding.Pattern.Matches(routingKey))
                .Select(binding => binding.Queue)
                .Distinct(),
        ];

    /// <summary>The caller holds <see cref="_changing"/>.</summary>
    private async Task<MemoryQueue> DeclareAsync(Pipe pipe, string name, CancellationToken cancellation)
    {
        if (!_queues.TryGetValue(name, out var queue))
        {
            queue = new MemoryQueue(pipe, name, dead => RouteAsync(Exchanges.Dead, dead, CancellationToken.None));
            var endpoint = _host.Bus.ConnectReceiveEndpoint(
                name,
                configurator =>
                {
                    configurator.ConfigureConsumeTopology = false;
                    configurator.ConfigureReceive(receive => receive.UseFilter(queue));
                }
            );
            await endpoint.Ready.WaitAsync(cancellation);
            queue.Endpoint = endpoint;
            _queues = _queues.Add(name, queue);
        }
        else if (queue.DeliveryLimit != Topology.DeliveryLimit(pipe))
        {
            throw new InvalidOperationException(
                $"The queue {name} exists with a delivery limit of {queue.DeliveryLimit}, not {pipe.DeliveryLimit}."
            );
        }
        else if (queue.KeepNewest != pipe.KeepNewest)
        {
            throw new InvalidOperationException(
                $"The queue {name} exists and keeps {queue.KeepNewest?.ToString() ?? "all"} messages, not "
                    + $"{pipe.KeepNewest?.ToString() ?? "all"}."
            );
        }

        _bindings = [.. _bindings.Union(pipe.Bindings.Select(Bound)).Except(pipe.Unbound.Select(Bound))];
        return queue;

        MemoryBinding Bound(Binding binding) => new(binding.Exchange, new TopicPattern(binding.Pattern), queue);
    }

    private async Task RemoveAsync(MemoryQueue queue)
    {
        await _changing.WaitAsync();
        try
        {
            _bindings = _bindings.RemoveAll(binding => binding.Queue == queue);
            _queues = _queues.Remove(queue.Name);
            await queue.Endpoint!.StopAsync(CancellationToken.None);
        }
        finally
        {
            _changing.Release();
        }
    }
}

/// <summary>What leads from an exchange to a queue.</summary>
internal sealed record MemoryBinding(string Exchange, TopicPattern Pattern, MemoryQueue Queue);
