namespace Integration.Contracts;

/// <summary>
/// <c>task.failed</c>: given up, by an operator or by a policy, or withdrawn by the engine while it ran. Final.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="Error">The reason.</param>
/// <param name="OccurredAt">When it was given up.</param>
/// <param name="ReplyTo">The engine that asked.</param>
/// <param name="Service">Who gave it up.</param>
/// <param name="Attempt">The last attempt.</param>
/// <param name="FailureId">Where error treatment keeps it.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Process">Where the task comes from.</param>
public sealed record TaskFailed(
    string TaskId,
    ErrorInfo Error,
    DateTimeOffset OccurredAt,
    string ReplyTo,
    ServiceReference Service,
    int Attempt = 1,
    string? FailureId = null,
    string? Operation = null,
    ProcessReference? Process = null
);
