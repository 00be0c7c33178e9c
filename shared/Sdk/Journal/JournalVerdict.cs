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

    /// <summary>Was begun, and it is not known how it ended: an operator decides.</summary>
    InDoubt,

    /// <summary>The id belongs to another request of the same engine: refuse this one, and leave the journal as it is.</summary>
    IdInUse,
}

internal static class JournalVerdicts
{
    /// <summary>The table behind "replay, execute, wait, doubt or refuse". The first line that fits decides.</summary>
    /// <param name="entry">What the journal knows of this engine's task.</param>
    /// <param name="same">Whether the entry is about what is asked for now, see <see cref="JournalEntry.Fits"/>.</param>
    /// <param name="attempt">The attempt that was delivered.</param>
    /// <param name="owner">This process.</param>
    /// <param name="shared">Whether other replicas use the same journal.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="afterDoubt">Whether an operator who knows of the doubt has sent this attempt.</param>
    public static JournalVerdict Of(
        JournalEntry? entry,
        bool same,
        int attempt,
        bool afterDoubt,
        string owner,
        bool shared,
        long now
    ) =>
        entry switch
        {
            null => JournalVerdict.Execute,
            { State: JournalState.Errored } when attempt > entry.Attempt => JournalVerdict.Execute,
            { State: JournalState.InDoubt } when attempt > entry.Attempt && afterDoubt => JournalVerdict.Execute,
            // Without other replicas an intent that is not in work here belongs to a process that died. What a later attempt may
            // ask for depends on how this one ends.
            { State: JournalState.Intent }
                when shared && entry.Owner != owner && entry.ExpiresAt > now && (same || attempt > entry.Attempt) =>
                JournalVerdict.Wait,
            _ when !same => JournalVerdict.IdInUse,
            { State: JournalState.Intent } => JournalVerdict.InDoubt,
            { State: JournalState.InDoubt } when attempt > entry.Attempt => JournalVerdict.InDoubt,
            _ => JournalVerdict.Replay,
        };
}
