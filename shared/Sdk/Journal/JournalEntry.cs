namespace Integration.Sdk;

/// <summary>One row: the latest that is known of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">The attempt that the state belongs to.</param>
/// <param name="State">What is known.</param>
/// <param name="Owner">The process that wrote it.</param>
/// <param name="ExpiresAt">Intent only: until when its owner may still be at work; Unix milliseconds.</param>
/// <param name="Outcome">Body of the event that reported the outcome; absent for an intent.</param>
/// <param name="Fingerprint">What was asked for; absent in rows of the release before, which fit any request.</param>
/// <param name="PlainKey">Whether targets got the task id itself as idempotency key.</param>
/// <param name="Further">Whether it is in the second table, see <see cref="JournalSql"/>.</param>
internal sealed record JournalEntry(
    string TaskId,
    int Attempt,
    JournalState State,
    string Owner,
    long ExpiresAt,
    byte[]? Outcome,
    byte[]? Fingerprint = null,
    bool PlainKey = true,
    bool Further = false
)
{
    public bool IsFinal => State is JournalState.Completed or JournalState.Rejected or JournalState.Failed;

    /// <summary>Whether the row may be about a request with this fingerprint.</summary>
    public bool Fits(ReadOnlySpan<byte> fingerprint) => Fingerprint is null || fingerprint.SequenceEqual(Fingerprint);
}
