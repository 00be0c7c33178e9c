using Integration.Contracts;

namespace Integration.ErrorTreatment.Failures;

/// <summary>How one attempt failed.</summary>
internal sealed record FailedAttempt(
    string FailureId,
    int Attempt,
    DateTimeOffset OccurredAt,
    string? Service,
    ErrorInfo Error
);
