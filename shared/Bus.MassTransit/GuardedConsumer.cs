using Integration.Bus.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.MassTransit;

/// <summary>
/// Before MassTransit's consumer on a channel: it gets deliveries that are read already, with properties and headers in which there is
/// nothing left to stumble over, and learns nothing of what is done to widen the prefetch.
/// </summary>
internal sealed class GuardedConsumer(
    IAsyncBasicConsumer inner,
    IChannel channel,
    string queue,
    ConsumedPipe consumed,
    Settlements settlements
) : IAsyncBasicConsumer
{
    private string? _first;
    private string? _tag;
    private int _width = consumed.Window.Size;
    private int _widening;
    private volatile bool _ended;

    public IChannel? Channel => channel;

    /// <summary>Whether deliveries can come.</summary>
    public bool Running => !_ended && channel.IsOpen;

    /// <summary>What the broker calls the consumer at the moment.</summary>
    public string? Tag => _tag;

    public async Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            // The client takes the buffer back when this method returns.
            var read = AmqpDelivery.Read(exchange, routingKey, properties, body.ToArray(), redelivered);
            if (read.Unreadable != Unreadable.None)
                consumed.Unreadable.Add(read.Delivery, read.Unreadable);
            await inner.HandleBasicDeliverAsync(
                _first ?? consumerTag,
                deliveryTag,
                redelivered,
                exchange,
                routingKey,
                new ReadProperties(read),
                ReadOnlyMemory<byte>.Empty,
                cancellationToken
            );
        }
        catch (ObjectDisposedException)
        {
            // MassTransit stops, or its connection is gone: the broker has it or gets it back.
            _ = settlements.SettleAsync(deliveryTag, Settlement.Requeue);
        }
        catch (Exception e)
        {
            _ = settlements.SettleAsync(deliveryTag, await consumed.RefuseAsync(e, routingKey));
        }
    }

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _tag = consumerTag;
        return Interlocked.CompareExchange(ref _first, consumerTag, null) is null
            ? inner.HandleBasicConsumeOkAsync(consumerTag, cancellationToken)
            : Task.CompletedTask;
    }

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        if (consumerTag != _tag)
            return Task.CompletedTask;
        _ended = true;
        return inner.HandleBasicCancelOkAsync(_first!, cancellationToken);
    }

    /// <summary>The broker cancels, because the queue was deleted or its leader is gone.</summary>
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended = true;
        return inner.HandleBasicCancelAsync(_first ?? consumerTag, cancellationToken);
    }

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended = true;
        return inner.HandleChannelShutdownAsync(channel, reason);
    }

    /// <summary>One delivery more is settled: takes more at once when it is time.</summary>
    public async Task SettledAsync()
    {
        if (!Running || !consumed.Window.Settled() || Interlocked.Exchange(ref _widening, 1) == 1)
            return;
        try
        {
            while (!consumed.InFlight.Stopping && consumed.Window.Size is var wider && wider > _width)
            {
                var old = _tag!;
                _tag = await channel.ConsumeAsync(queue, wider, this);
                _width = wider;
                await channel.BasicCancelAsync(old);
            }
        }
        catch (Exception)
        {
            // A channel that cannot do this is closed already, and the next one takes the width that it was to have.
        }
        finally
        {
            Volatile.Write(ref _widening, 0);
        }
    }
}
