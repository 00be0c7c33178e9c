using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Chaos.Tests;

/// <summary>
/// A witness on the bus, with the plain client: takes every event that engines are told, and notes for each task what it
/// was told to have come to.
/// </summary>
public sealed class FinalEvents : IAsyncDisposable
{
    public const string Queue = "chaos.witness";
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> _finals = new(
        StringComparer.Ordinal
    );
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private int _events;

    private FinalEvents(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>Final events by task: what it came to, and how often that was told.</summary>
    public IReadOnlyDictionary<string, ConcurrentDictionary<string, int>> ByTask => _finals;

    public int Events => _events;

    public static async Task<FinalEvents> StartAsync(Uri broker)
    {
        // The client restores connection, channel and consumer by itself after the broker was away.
        var factory = new ConnectionFactory
        {
            Uri = broker,
            AutomaticRecoveryEnabled = true,
            TopologyRecoveryEnabled = true,
            NetworkRecoveryInterval = TimeSpan.FromMilliseconds(500),
        };
        var connection = await factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var witness = new FinalEvents(connection, channel);
        await channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" }
        );
        await channel.QueueBindAsync(Queue, "integration.results", "#");
        await channel.BasicQosAsync(0, 200, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += witness.TakeAsync;
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return witness;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task TakeAsync(object sender, BasicDeliverEventArgs delivery)
    {
        var type = delivery.BasicProperties.Type!;
        if (type != "task.incident")
        {
            using var body = JsonDocument.Parse(delivery.Body);
            var outcome = body.RootElement.TryGetProperty("outputs", out var outputs) ? outputs.GetRawText() : "";
            _finals
                .GetOrAdd(delivery.BasicProperties.CorrelationId!, _ => new(StringComparer.Ordinal))
                .AddOrUpdate($"{type} {outcome}", 1, (_, count) => count + 1);
            Interlocked.Increment(ref _events);
        }

        try
        {
            await _channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.AlreadyClosedException or ObjectDisposedException)
        {
            // The broker has just gone; it delivers the event again.
        }
    }
}
