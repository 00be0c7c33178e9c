namespace Integration.Contracts;

/// <summary>
/// <c>instance.failed</c>: a process instance ended with an error or was cancelled, or could not be started at all. To the
/// requester that named a <c>replyTo</c>. Final.
/// </summary>
/// <param name="Definition">The BPMN process id, as asked for.</param>
/// <param name="RequestId">Of the <c>process.start</c> or <c>message.received</c> that asked for it.</param>
/// <param name="ReplyTo">The name of the requester.</param>
/// <param name="Engine">The engine that answers.</param>
/// <param name="Error">
/// Why. <c>business</c> with the code of the error end event; <c>internal</c> / <c>cancelled</c>; <c>data</c> /
/// <c>unknown-process</c> when there is no such definition or version.
/// </param>
/// <param name="OccurredAt">When it failed.</param>
/// <param name="InstanceId">The instance; absent when none was started.</param>
/// <param name="Version">Version of the definition, where known.</param>
/// <param name="BusinessKey">What people call the case.</param>
/// <param name="Tenant">The tenant that the instance belongs to.</param>
public sealed record InstanceFailed(
    string Definition,
    string RequestId,
    string ReplyTo,
    string Engine,
    ErrorInfo Error,
    DateTimeOffset OccurredAt,
    string? InstanceId = null,
    int? Version = null,
    string? BusinessKey = null,
    string? Tenant = null
);
