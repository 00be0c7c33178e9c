using System.Collections.Concurrent;
using Integration.Bus.RabbitMq;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.MassTransit;

/// <summary>
/// MassTransit on RabbitMQ: it consumes, with the promises of the direct adapter. A connection of our own beside
/// MassTransit's declares the topology, publishes, and knows whether the broker is there.
/// </summary>
internal sealed class MassTransitRabbitMqBus : IBus
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly RabbitMqLink _watching;
    private readonly Publisher _publisher;
    private readonly BusOptions _options;
    private readonly string _service;
    private readonly RareLogging _logging;
    private readonly UndecodableReader _undecodable;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentBag<MassTransitSubscription> _subscriptions = [];

    public MassTransitRabbitMqBus(BusOptions options, string service, ILoggerFactory logging, TimeProvider time)
    {
        _options = options;
        _service = service;
        _logging = new RareLogging(logging, time);
        _time = time;
        _log = logging.CreateLogger<MassTransitRabbitMqBus>();
        _watching = new RabbitMqLink(
            ConnectionFactories.Create(options),
            $"{service} watches",
            options.ReconnectDelay,
            time,
            _log,
            compares: true
        );
        _publisher = new Publisher(_watching, options.ConfirmTimeout, time, _log);
        _undecodable = new UndecodableReader(options, time, _log);
    }

    public BusState State
    {
        get
        {
            var watching = _watching.State;
            return watching == BusState.Connected && Stalled.Count > 0 ? BusState.Reconnecting : watching;
        }
    }

    public IReadOnlyList<string> Stalled =>
        [
            .. _subscriptions
                .Where(subscription => subscription is { Stopped: false, Consuming: false })
                .Select(subscription => subscription.Queue),
        ];

    public async Task StartAsync(CancellationToken cancellation) => await _watching.OpenAsync(cancellation);

    /// <summary>
    /// By the publisher of the direct adapter: MassTransit declares an exchange before it first sends to it and cannot be kept
    /// from that, and a service has no right to declare what all programs share.
    /// </summary>
    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        return _publisher.PublishAsync(message, cancellation);
    }

    public async Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        if (!pipe.Temporary)
            await DeclareAsync(pipe, cancellation);

        var consumed = new ConsumedPipe(pipe, handler, _time, _log);
        var subscription = new MassTransitSubscription(
            consumed,
            starting =>
                HostedEndpoint.StartAsync(
                    Host($"{_service} consumes {pipe.Queue}"),
                    new HostedPipe(consumed, _undecodable),
                    pipe.Queue,
                    starting
                ),
            () => _watching.State == BusState.Connected,
            _time
        );
        await subscription.StartAsync(cancellation);
        _subscriptions.Add(subscription);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await Task.WhenAll(_subscriptions.Select(subscription => subscription.DisposeAsync().AsTask()));
        await _closing.CancelAsync();
        await _publisher.DisposeAsync();
        await _watching.DisposeAsync();
    }

    /// <summary>Here and not only on MassTransit's channel, as it would never stop trying to declare what cannot be declared.</summary>
    private async Task DeclareAsync(Pipe pipe, CancellationToken cancellation)
    {
        var outage = new Outage(_time);
        while (true)
        {
            try
            {
                var connection = await _watching.OpenAsync(cancellation);
                await connection.DeclareAsync(pipe, pipe.Queue, _watching.User, _log, cancellation);
                if (outage.End() is { } lasted)
                    _log.LogInformation("{Queue} is declared, after {Outage}", pipe.Queue, lasted);
                return;
            }
            catch (OperationInterruptedException e)
            {
                if (outage.ShouldLog(e.Message))
                    _log.LogWarning(
                        "{Queue} cannot be declared ({Reason}); trying again until it can",
                        pipe.Queue,
                        e.Message
                    );
                await Task.Delay(_pause, _time, cancellation);
            }
        }
    }

    private MassTransitHost Host(string name) =>
        new(_logging, registration => registration.UsingRabbitMq((_, bus) => bus.Connect(_options, name)));
}
