namespace Integration.Contracts;

/// <summary>
/// <c>task.cancelled</c>: the engine no longer waits for the task. A service stops a call in flight and does not begin
/// a waiting one; error treatment closes what it holds of it.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="Operation">Name of the operation: the routing key is <c>cancel.&lt;operation&gt;</c>.</param>
/// <param name="OccurredAt">When it was withdrawn.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="ReplyTo">
/// The engine that withdraws it. Absent, the AMQP property <c>reply_to</c> counts; absent there, too, every engine's task of
/// that id is withdrawn.
/// </param>
public sealed record TaskCancelled(
    string TaskId,
    string Operation,
    DateTimeOffset OccurredAt,
    string? Reason = null,
    string? ReplyTo = null
);
