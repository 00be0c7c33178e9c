namespace Integration.Standalone.Telling;

/// <summary>How far a sample has come.</summary>
internal enum TaleState
{
    /// <summary>The process has not ended yet.</summary>
    Running,

    /// <summary>An operator is needed.</summary>
    Waiting,

    /// <summary>At the expected end.</summary>
    Ended,

    /// <summary>The process ended in another way than expected.</summary>
    Wrong,
}
