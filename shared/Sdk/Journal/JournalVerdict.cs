namespace Integration.Sdk;

/// <summary>What a delivery leads to, given what the journal knows.</summary>
internal enum JournalVerdict
{
    /// <summary>New, or the next attempt after one that failed: execute it.</summary>
    Execute,

    /// <summary>Has its outcome: answer with it.</summary>
    Replay,

    /// <summary>Another replica may be at work on it: look again soon.</summary>
    Wait,

    /// <summary>Was begun and nobody knows how it ended: an operator decides.</summary>
    InDoubt,
}

internal static class JournalVerdicts
{
    /// <summary>The table behind "replay, execute, wait or doubt".</summary>
    /// <param name="entry">What the journal knows.</param>
    /// <param name="attempt">The attempt that was delivered.</param>
    /// <param name="owner">This process.</param>
    /// <param name="shared">Whether other replicas use the same journal.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="afterDoubt">Whether somebody who knows of the doubt has sent this attempt.</param>
    public static JournalVerdict Of(
        JournalEntry? entry,
        int attempt,
        bool afterDoubt,
        string owner,
        bool shared,
        long now
    ) =>
        entry switch
        {
            null => JournalVerdict.Execute,
            { IsFinal: true } => JournalVerdict.Replay,
            { State: JournalState.InDoubt } when entry.Attempt >= attempt => JournalVerdict.Replay,
            { State: JournalState.InDoubt } => afterDoubt ? JournalVerdict.Execute : JournalVerdict.InDoubt,
            { State: JournalState.Errored } => entry.Attempt >= attempt
                ? JournalVerdict.Replay
                : JournalVerdict.Execute,
            // Without other replicas an intent that is not in work here belongs to a process that died.
            { State: JournalState.Intent } when shared && entry.Owner != owner && entry.ExpiresAt > now =>
                JournalVerdict.Wait,
            _ => JournalVerdict.InDoubt,
        };
}
