namespace Integration.Standalone.Telling;

/// <summary>How far a sample has come.</summary>
internal enum TaleState
{
    /// <summary>On its way.</summary>
    Running,

    /// <summary>An operator is needed.</summary>
    Waiting,

    /// <summary>At the expected end.</summary>
    Ended,

    /// <summary>At another end.</summary>
    Wrong,
}
