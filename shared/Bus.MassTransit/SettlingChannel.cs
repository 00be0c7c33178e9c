using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Integration.Bus.RabbitMq;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Integration.Bus.MassTransit;

/// <summary>
/// The channel that MassTransit consumes a pipe by, with two differences: the topology is that of the pipe, as the
/// direct adapter declares it, and a delivery is settled as its handler has said. MassTransit itself can only
/// acknowledge or return; it has no way to dead-letter by the broker.
/// </summary>
internal sealed class SettlingChannel(ChannelContext inner, ConsumedPipe consumed, string queue, string user)
    : ChannelContext
{
    private readonly ConcurrentDictionary<ulong, Settlement> _exceptions = new();
    private readonly Settlements _settlements = new(inner.Channel, static () => { });
    private GuardedConsumer? _consumer;

    public IChannel Channel => inner.Channel;

    public ConnectionContext ConnectionContext => inner.ConnectionContext;

    public CancellationToken CancellationToken => inner.CancellationToken;

    /// <summary>Whether deliveries can come.</summary>
    public bool Consuming => _consumer is { Running: true };

    /// <summary>Takes note of what is to become of a delivery that is not simply acknowledged.</summary>
    public void Decide(ulong deliveryTag, Settlement settlement)
    {
        if (settlement != Settlement.Acknowledge)
            _exceptions[deliveryTag] = settlement;
    }

    public ValueTask BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken)
    {
        var settlement = _exceptions.TryRemove(deliveryTag, out var decided) ? decided : Settlement.Acknowledge;
        var settled = SettleAsync(deliveryTag, multiple, settlement);
        if (settlement != Settlement.Requeue)
            _ = _consumer?.SettledAsync();
        return new ValueTask(settled);
    }

    public Task BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken)
    {
        _exceptions.TryRemove(deliveryTag, out _);
        return SettleAsync(deliveryTag, multiple, requeue ? Settlement.Requeue : Settlement.DeadLetter);
    }

    public Task<string> BasicConsume(
        string queueName,
        bool noAck,
        bool exclusive,
        IDictionary<string, object> arguments,
        IAsyncBasicConsumer consumer,
        string consumerTag,
        CancellationToken cancellationToken
    )
    {
        _consumer = new GuardedConsumer(consumer, Channel, queue, consumed, _settlements);
        return inner.BasicConsume(queue, noAck, exclusive, arguments, _consumer, consumerTag, cancellationToken);
    }

    /// <summary>Stops the stream of deliveries before MassTransit begins to wait for those in flight.</summary>
    public async Task StopDeliveriesAsync()
    {
        try
        {
            if (_consumer?.Tag is { } tag)
                await inner.BasicCancel(tag, CancellationToken.None);
        }
        catch (Exception)
        {
            // The channel is gone: the broker has returned everything already.
        }
    }

    public Task<QueueDeclareOk> QueueDeclare(
        string queueName,
        bool durable,
        bool exclusive,
        bool autoDelete,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => ConnectionContext.Connection.DeclareAsync(consumed.Pipe, queue, user, consumed.Log, cancellationToken);

    public Task<QueueDeclareOk> QueueDeclarePassive(string queueName, CancellationToken cancellationToken) =>
        ConnectionContext.Connection.DeclareAsync(consumed.Pipe, queue, user, consumed.Log, cancellationToken);

    public Task ExchangeDeclare(
        string exchange,
        string type,
        bool durable,
        bool autoDelete,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task ExchangeDeclarePassive(string exchange, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ExchangeBind(
        string destination,
        string source,
        string routingKey,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task QueueBind(
        string queueName,
        string exchange,
        string routingKey,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task BasicPublishAsync(
        string exchange,
        string routingKey,
        bool mandatory,
        BasicProperties basicProperties,
        byte[] body,
        bool awaitAck,
        CancellationToken cancellationToken
    ) => inner.BasicPublishAsync(exchange, routingKey, mandatory, basicProperties, body, awaitAck, cancellationToken);

    public Task<uint> QueuePurge(string queueName, CancellationToken cancellationToken) =>
        inner.QueuePurge(queueName, cancellationToken);

    public Task BasicQos(uint prefetchSize, ushort prefetchCount, bool global, CancellationToken cancellationToken) =>
        inner.BasicQos(prefetchSize, checked((ushort)consumed.Window.Size), global, cancellationToken);

    public Task BasicCancel(string consumerTag, CancellationToken cancellationToken) =>
        inner.BasicCancel(_consumer?.Tag ?? consumerTag, cancellationToken);

    public void NotifyFaulted(Exception exception, Uri inputAddress) => inner.NotifyFaulted(exception, inputAddress);

    public bool HasPayloadType(Type payloadType) => inner.HasPayloadType(payloadType);

    public bool TryGetPayload<T>([NotNullWhen(true)] out T? payload)
        where T : class => inner.TryGetPayload(out payload);

    public T GetOrAddPayload<T>(PayloadFactory<T> payloadFactory)
        where T : class => inner.GetOrAddPayload(payloadFactory);

    public T AddOrUpdatePayload<T>(PayloadFactory<T> addFactory, UpdatePayloadFactory<T> updateFactory)
        where T : class => inner.AddOrUpdatePayload(addFactory, updateFactory);

    // MassTransit settles each for itself; several at once are made of them here.
    private Task SettleAsync(ulong deliveryTag, bool multiple, Settlement settlement) =>
        multiple
            ? throw new NotSupportedException("MassTransit settled several deliveries at once.")
            : _settlements.SettleAsync(deliveryTag, settlement);
}
