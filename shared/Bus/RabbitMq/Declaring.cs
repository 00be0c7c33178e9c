using Integration.Contracts;
using RabbitMQ.Client;

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
            await channel.DeclareAsync(pipe, cancellation);
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
    /// <returns>The name of the queue.</returns>
    public static async Task<string> DeclareAsync(this IChannel channel, Pipe pipe, CancellationToken cancellation)
    {
        var queue = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
        await channel.QueueDeclareAsync(
            queue,
            durable: !pipe.Temporary,
            exclusive: pipe.Temporary,
            autoDelete: pipe.Temporary,
            pipe.Temporary ? Topology.TemporaryQueue() : Topology.Queue(pipe),
            cancellationToken: cancellation
        );
        foreach (var binding in pipe.Bindings)
            await channel.QueueBindAsync(queue, binding.Exchange, binding.Pattern, cancellationToken: cancellation);
        return queue;
    }
}
