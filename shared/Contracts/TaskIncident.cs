namespace Integration.Contracts;

/// <summary><c>task.incident</c>: the task waits for an operator. From error treatment to the engine; not final.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Error">Why it waits.</param>
/// <param name="OccurredAt">When the failure began to wait.</param>
/// <param name="ReplyTo">The engine that asked.</param>
/// <param name="Service">The error treatment that parked it.</param>
/// <param name="Attempt">The last attempt.</param>
/// <param name="FailureId">Where error treatment keeps it; what an operator looks up.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Process">Where the task comes from.</param>
public sealed record TaskIncident(
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
