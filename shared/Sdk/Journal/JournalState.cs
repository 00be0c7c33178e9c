namespace Integration.Sdk;

/// <summary>What the journal knows of a task.</summary>
internal enum JournalState
{
    /// <summary>The attempt ended in doubt; another one only after an operator who knows of it has decided so.</summary>
    InDoubt = 0,

    /// <summary>A <see cref="Effect.Once"/> call was about to begin; what became of it is not known.</summary>
    Intent = 1,

    /// <summary>The attempt failed for a technical reason; a later attempt may follow.</summary>
    Errored = 2,

    /// <summary>Ended with outputs. Final.</summary>
    Completed = 3,

    /// <summary>Ended in a business error. Final.</summary>
    Rejected = 4,

    /// <summary>Withdrawn by the engine while it ran. Final.</summary>
    Failed = 5,
}
