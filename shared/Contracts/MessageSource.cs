namespace Integration.Contracts;

/// <summary>A message as it came, kept for an operator when it could not be read as what it should be.</summary>
/// <param name="Exchange">The exchange it was published to.</param>
/// <param name="RoutingKey">The routing key it was published with.</param>
/// <param name="Body">
/// The start of the body: as text when it is UTF-8, otherwise base64. At most 16 KiB (<see cref="Limits.SourceBody"/>).
/// </param>
/// <param name="Encoding"><c>text</c> or <c>base64</c>.</param>
/// <param name="Size">Size of the whole body in bytes.</param>
/// <param name="Type">The AMQP property <c>type</c>.</param>
/// <param name="MessageId">The AMQP property <c>message_id</c>.</param>
/// <param name="CorrelationId">The AMQP property <c>correlation_id</c>: the task id, where the publisher set it.</param>
/// <param name="ReplyTo">The AMQP property <c>reply_to</c>.</param>
/// <param name="AppId">The AMQP property <c>app_id</c>: the publisher.</param>
public sealed record MessageSource(
    string Exchange,
    string RoutingKey,
    string Body,
    string Encoding,
    long Size,
    string? Type = null,
    string? MessageId = null,
    string? CorrelationId = null,
    string? ReplyTo = null,
    string? AppId = null
);
