using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// RabbitMQ.Client, directly. A connection that publishes and one for each pipe: a broker that is short of memory stops reading
/// from those that publish, and acknowledgements must get through then; and a message that costs the connection which it came by
/// has only the deliveries of its own pipe returned.
/// </summary>
internal sealed class RabbitMqBus : IBus
{
    private readonly BusOptions _options;
    private readonly string _service;
    private readonly RabbitMqLink _publishing;
    private readonly Publisher _publisher;
    private readonly UndecodableReader _undecodable;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly List<RabbitMqSubscription> _subscriptions = [];

    public RabbitMqBus(BusOptions options, string service, ILogger log, TimeProvider time)
    {
        _options = options;
        _service = service;
        _time = time;
        _log = log;
        _publishing = Link($"{service} publishes", compares: true);
        _publisher = new Publisher(_publishing, options.ConfirmTimeout, time, log);
        _undecodable = new UndecodableReader(options, time, log);
    }

    public BusState State
    {
        get
        {
            var publishing = _publishing.State;
            return publishing == BusState.Connected && Stalled.Count > 0 ? BusState.Reconnecting : publishing;
        }
    }

    public IReadOnlyList<string> Stalled
    {
        get
        {
            lock (_lock)
                return
                [
                    .. _subscriptions
                        .Where(subscription => subscription is { Stopped: false, Consuming: false })
                        .Select(subscription => subscription.Queue),
                ];
        }
    }

    public async Task StartAsync(CancellationToken cancellation) => await _publishing.OpenAsync(cancellation);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation) =>
        _publisher.PublishAsync(message, cancellation);

    public async Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        var link = Link($"{_service} consumes {pipe.Queue}");
        var consumed = new ConsumedPipe(pipe, handler, _time, _log);
        var subscription = new RabbitMqSubscription(link, consumed, _undecodable, _time);
        try
        {
            await subscription.StartAsync(cancellation);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }

        lock (_lock)
        {
            _subscriptions.RemoveAll(one => one.Stopped);
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        RabbitMqSubscription[] subscriptions;
        lock (_lock)
            subscriptions = [.. _subscriptions];
        await Task.WhenAll(subscriptions.Select(subscription => subscription.DisposeAsync().AsTask()));
        await _publisher.DisposeAsync();
        await _publishing.DisposeAsync();
    }

    private RabbitMqLink Link(string name, bool compares = false) =>
        new(ConnectionFactories.Create(_options), name, _options.ReconnectDelay, _time, _log, compares);
}
