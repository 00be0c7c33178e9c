using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Integration.Journeys.Tests;

/// <summary>
/// A program that knows nothing of ours but the page docs/reference/contract.md, on a plain client: it listens, and it
/// plays an engine or a service.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private Wire(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<Wire> ConnectAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var confirmed = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true
        );
        return new Wire(connection, await connection.CreateChannelAsync(confirmed));
    }

    /// <summary>What every publisher declares, so that nothing it sends can be dropped.</summary>
    public async Task DeclareAsync()
    {
        foreach (var last in new[] { "integration.unrouted", "integration.dead" })
        {
            await _channel.ExchangeDeclareAsync(last, "topic", durable: true);
            await DeclareAsync(last, deliveryLimit: int.MaxValue);
            await _channel.QueueBindAsync(last, last, "#");
        }

        foreach (var name in new[] { "tasks", "results", "errors", "control", "inbound" })
        {
            await _channel.ExchangeDeclareAsync(
                $"integration.{name}",
                "topic",
                durable: true,
                arguments: new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["alternate-exchange"] = "integration.unrouted",
                }
            );
        }
    }

    /// <summary>What arrives at an exchange from now on.</summary>
    public async Task<ConcurrentQueue<WireEvent>> ListenAsync(string exchange, string pattern)
    {
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, exchange, pattern);
        return await ConsumeAsync(queue.QueueName);
    }

    /// <summary>A durable queue as the contract wants it for an engine or a service, and what arrives in it.</summary>
    public async Task<ConcurrentQueue<WireEvent>> ReceiveAsync(string queue, string exchange, string pattern)
    {
        await DeclareAsync(queue, deliveryLimit: 20);
        await _channel.QueueBindAsync(queue, exchange, pattern);
        return await ConsumeAsync(queue);
    }

    /// <summary>Publishes, and returns when the broker has it.</summary>
    public async Task PublishAsync(string exchange, string routingKey, string type, object body)
    {
        var json = body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        await _channel.BasicPublishAsync(
            exchange,
            routingKey,
            mandatory: false,
            new BasicProperties
            {
                MessageId = Guid.NewGuid().ToString(),
                Type = type,
                AppId = "journey",
                ContentType = "application/json",
                Persistent = true,
            },
            Encoding.UTF8.GetBytes(json)
        );
    }

    /// <summary>Deletes a queue and declares another of its name, with other arguments. False when its consumer was faster.</summary>
    public async Task<bool> ReplaceQueueAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
        try
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Messages that wait in a queue for a consumer.</summary>
    public async Task<uint> WaitingAsync(string queue) => (await _channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private Task<QueueDeclareOk> DeclareAsync(string queue, int deliveryLimit) =>
        _channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["x-queue-type"] = "quorum",
                ["x-dead-letter-exchange"] = "integration.dead",
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
                ["x-delivery-limit"] = deliveryLimit,
            }
        );

    private async Task<ConcurrentQueue<WireEvent>> ConsumeAsync(string queue)
    {
        var events = new ConcurrentQueue<WireEvent>();
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            events.Enqueue(WireEvent.Of(delivery));
            await _channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await _channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        return events;
    }
}

/// <summary>An event as it stands on the wire.</summary>
public sealed record WireEvent(
    string RoutingKey,
    string? Type,
    string? CorrelationId,
    string? TraceParent,
    JsonElement Body
)
{
    public string TaskId => Body.GetProperty("taskId").GetString()!;

    internal static WireEvent Of(BasicDeliverEventArgs delivery) =>
        new(
            delivery.RoutingKey,
            delivery.BasicProperties.Type,
            delivery.BasicProperties.CorrelationId,
            TraceParentOf(delivery.BasicProperties),
            JsonElement.Parse(delivery.Body.ToArray())
        );

    private static string? TraceParentOf(IReadOnlyBasicProperties properties) =>
        properties.Headers is { } headers && headers.TryGetValue("traceparent", out var value) && value is byte[] text
            ? Encoding.ASCII.GetString(text)
            : null;
}
