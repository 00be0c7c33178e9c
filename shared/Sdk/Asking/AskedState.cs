namespace Integration.Sdk;

/// <summary>What is known of a task that was asked for. Stored as its number; those up to <see cref="Open"/> have no answer.</summary>
internal enum AskedState
{
    /// <summary>Recorded; whether it was published is not known.</summary>
    Recorded = 0,

    /// <summary>Published, and not answered yet.</summary>
    Open = 1,

    /// <summary>The answer is a <c>task.completed</c>.</summary>
    Completed = 2,

    /// <summary>The answer is a <c>task.rejected</c>.</summary>
    Rejected = 3,

    /// <summary>The answer is a <c>task.failed</c>.</summary>
    Failed = 4,

    /// <summary>There was an answer that could not be taken; the error says why.</summary>
    Unusable = 5,
}
