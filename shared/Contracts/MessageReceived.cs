using System.Text.Json;

namespace Integration.Contracts;

/// <summary><c>message.received</c>: something happened outside that a process waits for or is started by.</summary>
/// <param name="Name">The BPMN message name. The routing key that it stands in has at most 255 bytes in UTF-8.</param>
/// <param name="Variables">A JSON object.</param>
/// <param name="RequestId">Repeating the same id delivers nothing a second time.</param>
/// <param name="CorrelationKey">Which instance; absent only for messages that start a process.</param>
/// <param name="Tenant">The tenant that the message is for.</param>
/// <param name="Engine">Name of the engine that it is for; absent, the default engine takes it.</param>
/// <param name="ReplyTo">
/// Who learns what became of an instance that the message starts, a name without dots, like an engine's. Absent, no event is sent.
/// </param>
public sealed record MessageReceived(
    string Name,
    JsonElement Variables,
    string RequestId,
    string? CorrelationKey = null,
    string? Tenant = null,
    string? Engine = null,
    string? ReplyTo = null
);
