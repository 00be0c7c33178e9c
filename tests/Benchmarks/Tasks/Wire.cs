using System.Text;
using RabbitMQ.Client;

namespace Integration.Benchmarks.Tasks;

/// <summary>
/// The wire as the two baselines see it: plain RabbitMQ.Client and its own declarations, nothing of ours, so that the
/// baseline does not improve or suffer with what is measured against it.
/// </summary>
internal static class Wire
{
    public const string Tasks = "integration.tasks";
    public const string Results = "integration.results";
    public const string ReplyTo = "bench-driver";
    public const int Prefetch = 128;

    /// <summary>A channel whose publishes are confirmed, pipelined, and not slowed by the client's rate limiter.</summary>
    public static Task<IChannel> ConfirmingChannelAsync(IConnection connection) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: null
            )
        );

    /// <summary>The same exchanges as the contract's and a quorum queue as a service's.</summary>
    public static async Task DeclareAsync(IChannel channel, string queue, string exchange, string key)
    {
        foreach (var terminal in (string[])["integration.unrouted", "integration.dead"])
            await channel.ExchangeDeclareAsync(terminal, ExchangeType.Topic, durable: true);
        foreach (var published in (string[])[Tasks, Results])
        {
            await channel.ExchangeDeclareAsync(
                published,
                ExchangeType.Topic,
                durable: true,
                arguments: new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["alternate-exchange"] = "integration.unrouted",
                }
            );
        }

        await channel.QueueDeclareAsync(
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
                ["x-delivery-limit"] = 20,
            }
        );
        await channel.QueueBindAsync(queue, exchange, key);
    }

    /// <summary>A task as an engine writes it: about 500 bytes.</summary>
    public static byte[] Task(string taskId, string operation) =>
        Encoding.UTF8.GetBytes(
            $$$"""
            {"taskId":"{{{taskId}}}","operation":"{{{operation}}}","version":1,"attempt":1,"process":{"instanceId":"0198f3c2-7a4e-7cc1-9d53-2f1f6c1b7a10","definition":"credit-request","element":"StoreContract","businessKey":"CR-17"},"replyTo":"{{{ReplyTo}}}","deadline":"2099-12-01T10:00:00Z","inputs":{"customer":"Ada Lovelace","amount":12500.50,"purpose":"A house with a garden","guarantor":{"name":"Charles Babbage","city":"London"} } }
            """
        );

    /// <summary>A result as a service writes it, for the baseline that does not: about 600 bytes.</summary>
    public static byte[] Result(string taskId, string operation) =>
        Encoding.UTF8.GetBytes(
            $$$"""
            {"taskId":"{{{taskId}}}","operation":"{{{operation}}}","version":1,"replyTo":"{{{ReplyTo}}}","outputs":{"customer":"Ada Lovelace","amount":12500.50,"accepted":true},"startedAt":"2026-11-22T05:00:00.0000000+00:00","completedAt":"2026-11-22T05:00:00.0010000+00:00","service":{"name":"bench","version":"0.1.0","instance":"machine-12345-0a1b2c3d"},"attempt":1,"status":200,"replayed":false,"process":{"instanceId":"0198f3c2-7a4e-7cc1-9d53-2f1f6c1b7a10","definition":"credit-request","element":"StoreContract","businessKey":"CR-17"} }
            """
        );
}
