namespace Integration.ErrorTreatment.Failures;

/// <summary>Where a failure stands.</summary>
internal enum FailureState
{
    /// <summary>Just noticed; never seen outside of the transaction that decides what follows.</summary>
    New,

    /// <summary>Sent again automatically when its moment comes.</summary>
    Retrying,

    /// <summary>Sent again; waiting for the answer.</summary>
    Sent,

    /// <summary>Waits for an operator.</summary>
    Parked,

    /// <summary>The task that was sent again has its outcome.</summary>
    Resolved,

    /// <summary>An operator ended it; an engine that waits for it gets <c>task.failed</c>.</summary>
    GivenUp,

    /// <summary>The engine no longer waits for it.</summary>
    Cancelled,
}
