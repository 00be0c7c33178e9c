using Integration.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.RabbitMq;

/// <summary>Declares <see cref="Topology"/> on a channel.</summary>
internal static class Declaring
{
    /// <summary>The exchanges, and the queues behind the two last ones.</summary>
    public static async Task DeclareTopologyAsync(this IChannel channel, CancellationToken cancellation)
    {
        foreach (var pipe in Topology.LastResorts)
        {
            await channel.ExchangeDeclareAsync(
                pipe.Queue,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: cancellation
            );
            await channel.DeclareAsync(pipe, pipe.Queue, cancellation);
        }

        foreach (var exchange in Exchanges.Published)
        {
            await channel.ExchangeDeclareAsync(
                exchange,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                Topology.PublishedExchange(),
                cancellationToken: cancellation
            );
        }
    }

    /// <summary>The queue of a pipe with its bindings.</summary>
    /// <exception cref="InvalidOperationException">The queue exists, with other arguments.</exception>
    public static async Task<QueueDeclareOk> DeclareAsync(
        this IChannel channel,
        Pipe pipe,
        string queue,
        CancellationToken cancellation
    )
    {
        var declared = await channel.DeclareQueueAsync(pipe, queue, cancellation);
        foreach (var binding in pipe.Bindings)
            await channel.QueueBindAsync(queue, binding.Exchange, binding.Pattern, cancellationToken: cancellation);
        // The broker takes it as done when there is no such binding.
        foreach (var binding in pipe.Unbound)
            await channel.QueueUnbindAsync(queue, binding.Exchange, binding.Pattern, cancellationToken: cancellation);
        return declared;
    }

    private static async Task<QueueDeclareOk> DeclareQueueAsync(
        this IChannel channel,
        Pipe pipe,
        string queue,
        CancellationToken cancellation
    )
    {
        try
        {
            return await channel.QueueDeclareAsync(
                queue,
                durable: !pipe.Temporary,
                exclusive: pipe.Temporary,
                autoDelete: pipe.Temporary,
                pipe.Temporary ? Topology.TemporaryQueue() : Topology.Queue(pipe),
                cancellationToken: cancellation
            );
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            throw new InvalidOperationException(
                $"The queue {queue} exists with other arguments than its pipe asks for"
                    + $" ({e.ShutdownReason.ReplyText}). Delete the queue when it is empty, or set the pipe as the queue is.",
                e
            );
        }
    }
}
