using System.Text.Json;

namespace Integration.Contracts;

/// <summary><c>instance.completed</c>: a process instance has ended. To the requester that named a <c>replyTo</c>.</summary>
/// <param name="InstanceId">The instance, in the engine's own notation.</param>
/// <param name="Definition">The BPMN process id.</param>
/// <param name="RequestId">Of the <c>process.start</c> or <c>message.received</c> that started it.</param>
/// <param name="ReplyTo">Who started it.</param>
/// <param name="Engine">The engine that ran it.</param>
/// <param name="Outputs">Its variables at the end, a JSON object; empty when <c>omitted</c> says why.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Version">Version of the definition.</param>
/// <param name="BusinessKey">What people call the case.</param>
/// <param name="Tenant">The tenant that the instance belongs to.</param>
/// <param name="Omitted">Why there are no outputs, e.g. because they are larger than an event may be.</param>
public sealed record InstanceCompleted(
    string InstanceId,
    string Definition,
    string RequestId,
    string ReplyTo,
    string Engine,
    JsonElement Outputs,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt,
    int? Version = null,
    string? BusinessKey = null,
    string? Tenant = null,
    string? Omitted = null
);
