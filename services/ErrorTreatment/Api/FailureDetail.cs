using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>Everything that is known of a failure.</summary>
internal sealed record FailureDetail(
    FailureView Failure,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyList<HistoryView> History,
    TaskRequested? Request,
    MessageView? Message
);

/// <summary>How one attempt failed.</summary>
internal sealed record AttemptView(int Attempt, DateTimeOffset OccurredAt, string? Service, ErrorInfo Error)
{
    public static AttemptView Of(FailedAttempt attempt) =>
        new(attempt.Attempt, attempt.OccurredAt, attempt.Service, attempt.Error);
}

/// <summary>One change; <c>By</c> is the operator who did it.</summary>
internal sealed record HistoryView(DateTimeOffset At, string State, int Attempt, string Note, string? By)
{
    public static HistoryView Of(HistoryEntry entry) =>
        new(entry.At, entry.State.Name(), entry.Attempt, entry.Note, entry.By);
}
