using System.Text;
using Integration.Contracts;

namespace Integration.Bus.Tests;

/// <summary>Messages to publish.</summary>
internal static class Messages
{
    public static OutgoingMessage Task(string routingKey, string body = "{}") =>
        new(Exchanges.Tasks, routingKey, new MessageProperties { MessageId = NewId() }, Encoding.UTF8.GetBytes(body));

    /// <summary>With every property set.</summary>
    public static OutgoingMessage Complete(string routingKey) =>
        new(
            Exchanges.Tasks,
            routingKey,
            new MessageProperties
            {
                MessageId = NewId(),
                CorrelationId = "task-17",
                Type = EventTypes.TaskRequested,
                ReplyTo = "engine",
                AppId = "tests",
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
                ContentType = "application/json",
                TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                TraceState = "vendor=value",
            },
            Encoding.UTF8.GetBytes("""{"name":"Zoë","n":1}""")
        );

    public static string NewId() => Guid.CreateVersion7().ToString();

    public static string Text(this Delivery delivery) => Encoding.UTF8.GetString(delivery.Body.Span);
}
