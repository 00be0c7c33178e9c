namespace Integration.ErrorTreatment.States;

/// <summary>What can happen to a failure.</summary>
internal enum Trigger
{
    /// <summary>An error of the attempt that was sent last, or of a later one. For a message: it came (again).</summary>
    Errored,

    /// <summary>An error that is known already, or of an attempt before the last.</summary>
    ErroredLate,

    /// <summary>Its moment has come: to be sent, or to wait no longer for the answer.</summary>
    Due,

    /// <summary>The task was completed or rejected.</summary>
    Answered,

    /// <summary>An operator wants it sent again.</summary>
    Retry,

    /// <summary>An operator ends it.</summary>
    GiveUp,

    /// <summary>The engine no longer waits.</summary>
    Withdrawn,
}
