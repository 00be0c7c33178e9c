using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Benchmarks.Tasks;

/// <summary>
/// The baseline: receive a task, publish a result of the same size, acknowledge when it is confirmed. As fast as the
/// client goes: confirms pipelined, no rate limiter, no JSON, no journal.
/// </summary>
internal static class RawService
{
    public const string Operation = "raw.echo";

    public static async Task RunAsync(Uri broker, CancellationToken stop)
    {
        var factory = new ConnectionFactory { Uri = broker, ClientProvidedName = "raw" };
        await using var connection = await factory.CreateConnectionAsync(stop);
        await using var consuming = await connection.CreateChannelAsync(cancellationToken: stop);
        await using var publishing = await Wire.ConfirmingChannelAsync(connection);
        await Wire.DeclareAsync(consuming, "integration.raw", Wire.Tasks, $"{Operation}.v1");
        await consuming.BasicQosAsync(0, Wire.Prefetch, global: false, stop);

        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _ = AnswerAsync(consuming, publishing, delivery.DeliveryTag, delivery.BasicProperties.CorrelationId!);
            return Task.CompletedTask;
        };
        await consuming.BasicConsumeAsync("integration.raw", autoAck: false, consumer, stop);
        Child.Ready();
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AnswerAsync(IChannel consuming, IChannel publishing, ulong tag, string taskId)
    {
        var properties = new BasicProperties
        {
            MessageId = Guid.CreateVersion7().ToString(),
            CorrelationId = taskId,
            Type = "task.completed",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        await publishing.BasicPublishAsync(
            Wire.Results,
            Wire.ReplyTo,
            mandatory: false,
            properties,
            Wire.Result(taskId, Operation)
        );
        await consuming.BasicAckAsync(tag, multiple: false);
    }
}
