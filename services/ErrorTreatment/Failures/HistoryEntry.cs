namespace Integration.ErrorTreatment.Failures;

/// <summary>One change of a failure.</summary>
/// <param name="FailureId">Of which.</param>
/// <param name="At">When.</param>
/// <param name="State">The state that followed.</param>
/// <param name="Attempt">The attempt that it was at.</param>
/// <param name="Note">What happened, in words.</param>
/// <param name="By">The operator who did it, by their own word; null when no operator did, or none was named.</param>
/// <param name="VerifiedBy">The operator who did it, as the service has verified; null when callers are not asked who they are.</param>
internal sealed record HistoryEntry(
    string FailureId,
    DateTimeOffset At,
    FailureState State,
    int Attempt,
    string Note,
    string? By,
    string? VerifiedBy = null
);
