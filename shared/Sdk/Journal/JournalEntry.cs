namespace Integration.Sdk;

/// <summary>One row: the latest that is known of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">The attempt that the state belongs to.</param>
/// <param name="State">What is known.</param>
/// <param name="Owner">The process that wrote it.</param>
/// <param name="ExpiresAt">Intent only: until when its owner may still be at work; Unix milliseconds.</param>
/// <param name="Outcome">Body of the event that told the outcome; absent for an intent.</param>
internal sealed record JournalEntry(
    string TaskId,
    int Attempt,
    JournalState State,
    string Owner,
    long ExpiresAt,
    byte[]? Outcome
)
{
    public bool IsFinal => State is JournalState.Completed or JournalState.Rejected or JournalState.Failed;
}
