namespace Integration.Contracts;

/// <summary><c>task.rejected</c>: a declared business error; the engine raises a BPMN error. Final.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Version">Its major version.</param>
/// <param name="ReplyTo">The engine that asked.</param>
/// <param name="Error">The business error.</param>
/// <param name="StartedAt">When the service began with this attempt.</param>
/// <param name="CompletedAt">When it was done.</param>
/// <param name="Service">Who did it.</param>
/// <param name="Attempt">The attempt that led to it.</param>
/// <param name="Replayed">Answered from the journal: the work was done before.</param>
/// <param name="Process">Where the task comes from.</param>
/// <param name="Tenant">The tenant that the task was for.</param>
public sealed record TaskRejected(
    string TaskId,
    string Operation,
    int Version,
    string ReplyTo,
    BusinessError Error,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt,
    ServiceReference Service,
    int Attempt = 1,
    bool Replayed = false,
    ProcessReference? Process = null,
    string? Tenant = null
);
