using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>
/// <c>task.errored</c>: one attempt failed for a technical reason. Not final: error treatment decides what follows.
/// </summary>
/// <param name="Error">What went wrong.</param>
/// <param name="OccurredAt">When the attempt failed.</param>
/// <param name="Service">The service that noticed.</param>
/// <param name="TaskId">The task; absent only when the message that caused it did not say.</param>
/// <param name="Attempt">The attempt that failed.</param>
/// <param name="Operation">Name of the operation, as far as known.</param>
/// <param name="Request">The whole request, so that treatment needs nothing else to send it again.</param>
/// <param name="Source">
/// The message itself, when it could not be read as a request. With <c>task-id-in-use</c> it names the message of the request, and
/// its body is empty.
/// </param>
/// <param name="Masked">
/// Whether secrets in the inputs of <c>request</c> are masked, so that it cannot be sent again as it stands here.
/// The default value is false.
/// </param>
public sealed record TaskErrored(
    ErrorInfo Error,
    DateTimeOffset OccurredAt,
    ServiceReference Service,
    string? TaskId = null,
    int Attempt = 1,
    string? Operation = null,
    TaskRequested? Request = null,
    MessageSource? Source = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Masked = false
);
