namespace Integration.ErrorTreatment.States;

/// <summary>What is done about it.</summary>
internal enum Step
{
    /// <summary>Nothing changes.</summary>
    Ignore,

    /// <summary>Kept in the history; the state stays.</summary>
    Record,

    /// <summary>The treatment table decides: retry later, or park.</summary>
    Treat,

    /// <summary>Sent again at once.</summary>
    Send,

    /// <summary>Parked, because no answer came.</summary>
    ParkUnanswered,

    /// <summary>Closed: it has its outcome.</summary>
    Resolve,

    /// <summary>Closed by an operator; the engine gets <c>task.failed</c>.</summary>
    GiveUp,

    /// <summary>Closed, because the engine no longer waits.</summary>
    Cancel,

    /// <summary>Not possible in this state; the answer to the operator says why.</summary>
    Refuse,
}
