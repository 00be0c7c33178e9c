using System.Text.Json;

namespace Integration.Contracts;

/// <summary><c>task.completed</c>: the work is done. Final.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Version">Its major version.</param>
/// <param name="ReplyTo">The engine that asked.</param>
/// <param name="Outputs">A JSON object that fits the operation's output schema.</param>
/// <param name="StartedAt">When the service began with the attempt that succeeded.</param>
/// <param name="CompletedAt">When it was done.</param>
/// <param name="Service">Who did it.</param>
/// <param name="Attempt">The attempt that succeeded.</param>
/// <param name="Status">200 by convention.</param>
/// <param name="Replayed">Answered from the journal: the work was done before.</param>
/// <param name="Process">Where the task comes from.</param>
/// <param name="Tenant">The tenant that the task was for.</param>
public sealed record TaskCompleted(
    string TaskId,
    string Operation,
    int Version,
    string ReplyTo,
    JsonElement Outputs,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt,
    ServiceReference Service,
    int Attempt = 1,
    int Status = 200,
    bool Replayed = false,
    ProcessReference? Process = null,
    string? Tenant = null
);
