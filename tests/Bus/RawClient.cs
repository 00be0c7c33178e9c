using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.Tests;

/// <summary>Somebody else on the same broker: RabbitMQ.Client without anything of ours.</summary>
internal sealed class RawClient(IConnection connection, IChannel channel) : IAsyncDisposable
{
    public IChannel Channel => channel;

    public static async Task<RawClient> ConnectAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        return new RawClient(connection, await connection.CreateChannelAsync());
    }

    /// <summary>A queue of its own that gets what is routed by the pattern.</summary>
    public async Task<string> ListenAsync(string exchange, string pattern)
    {
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, exchange, pattern);
        return queue;
    }

    /// <summary>The next message of the queue, if there is one; acknowledged.</summary>
    public Task<BasicGetResult?> TakeAsync(string queue) => channel.BasicGetAsync(queue, autoAck: true);

    public async Task DeleteQueueAsync(string queue) => await channel.QueueDeleteAsync(queue);

    /// <summary>Declares a queue and says whether it is there with exactly these arguments.</summary>
    public async Task<bool> HasQueueAsync(string queue, Dictionary<string, object?> arguments)
    {
        await using var probe = await connection.CreateChannelAsync();
        try
        {
            await probe.QueueDeclarePassiveAsync(queue);
            await probe.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Whether the durable topic exchange is there with exactly these arguments.</summary>
    public async Task<bool> HasExchangeAsync(string exchange, Dictionary<string, object?>? arguments)
    {
        await using var probe = await connection.CreateChannelAsync();
        try
        {
            await probe.ExchangeDeclarePassiveAsync(exchange);
            await probe.ExchangeDeclareAsync(exchange, "topic", durable: true, autoDelete: false, arguments);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
