using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// RabbitMQ.Client, directly. Two connections: a broker that is short of memory stops reading from those that publish,
/// and acknowledgements must get through then.
/// </summary>
internal sealed class RabbitMqBus : IBus
{
    private readonly RabbitMqLink _publishing;
    private readonly RabbitMqLink _consuming;
    private readonly Publisher _publisher;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly List<RabbitMqSubscription> _subscriptions = [];

    public RabbitMqBus(BusOptions options, string service, ILogger log, TimeProvider time)
    {
        var factory = ConnectionFactories.Create(options);
        _publishing = new RabbitMqLink(factory, $"{service} publishes", options.ReconnectDelay, time, log);
        _consuming = new RabbitMqLink(factory, $"{service} consumes", options.ReconnectDelay, time, log);
        _publisher = new Publisher(_publishing, options.ConfirmTimeout, time, log);
        _time = time;
        _log = log;
    }

    public BusState State
    {
        get
        {
            var publishing = _publishing.State;
            lock (_lock)
                return publishing == BusState.Connected && _subscriptions.Count > 0 ? _consuming.State : publishing;
        }
    }

    public async Task StartAsync(CancellationToken cancellation) => await _publishing.OpenAsync(cancellation);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation) =>
        _publisher.PublishAsync(message, cancellation);

    public async Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        var subscription = new RabbitMqSubscription(_consuming, pipe, handler, _time, _log);
        await subscription.StartAsync(cancellation);
        lock (_lock)
            _subscriptions.Add(subscription);
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
        await _consuming.DisposeAsync();
    }
}
