using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>Everything that is known of a failure.</summary>
/// <param name="Failure">As it stands in the list.</param>
/// <param name="Attempts">How each attempt failed.</param>
/// <param name="History">What has happened to it, the oldest first.</param>
/// <param name="Request">The task with its inputs; absent where it is not known.</param>
/// <param name="Message">The message as it came, where the failure is one of a message.</param>
internal sealed record FailureDetail(
    FailureView Failure,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyList<HistoryView> History,
    TaskRequested? Request,
    MessageView? Message
);

/// <summary>How one attempt failed.</summary>
/// <param name="Attempt">Counts from 1.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Service">Which service has reported it.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record AttemptView(int Attempt, DateTimeOffset OccurredAt, string? Service, ErrorInfo Error)
{
    public static AttemptView Of(FailedAttempt attempt) =>
        new(attempt.Attempt, attempt.OccurredAt, attempt.Service, attempt.Error);
}

/// <summary>One change.</summary>
/// <param name="At">When.</param>
/// <param name="State">The state that followed.</param>
/// <param name="Attempt">The attempt that it was at.</param>
/// <param name="Note">What happened, in words.</param>
/// <param name="By">The operator who did it; absent when it happened automatically.</param>
/// <param name="Verified">Whether the service has verified who that is; false for the operator's own word.</param>
/// <param name="ClaimedBy">What a verified operator said besides, in the field or header 'by'.</param>
internal sealed record HistoryView(
    DateTimeOffset At,
    string State,
    int Attempt,
    string Note,
    string? By,
    bool? Verified,
    string? ClaimedBy
)
{
    public static HistoryView Of(HistoryEntry entry)
    {
        var (claimed, verified) = (entry.By, entry.VerifiedBy);
        return new(
            entry.At,
            entry.State.Name(),
            entry.Attempt,
            entry.Note,
            verified ?? claimed,
            verified is null && claimed is null ? null : verified is not null,
            verified is null ? null : claimed
        );
    }
}
