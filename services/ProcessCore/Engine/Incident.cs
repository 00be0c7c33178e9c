namespace Integration.ProcessCore.Engine;

/// <summary>Something in an instance that a person must look at.</summary>
/// <param name="Key">Number within the instance; part of its id.</param>
/// <param name="Kind">Decides what can be done about it.</param>
/// <param name="Element">Element id.</param>
/// <param name="Code">Stable and machine-readable.</param>
/// <param name="Message">One sentence with the way out.</param>
/// <param name="At">Since when.</param>
/// <param name="OpenKey">The open element that it belongs to.</param>
/// <param name="TaskId">The task that it is about.</param>
/// <param name="FailureId">Where error treatment keeps it.</param>
internal sealed record Incident(
    int Key,
    IncidentKind Kind,
    string Element,
    string Code,
    string Message,
    DateTimeOffset At,
    int? OpenKey = null,
    string? TaskId = null,
    string? FailureId = null
);

/// <summary>Why an instance does not go on.</summary>
internal enum IncidentKind
{
    /// <summary>Error treatment has parked the task: repair it there.</summary>
    Parked,

    /// <summary>No answer came by the deadline: repair it in error treatment, or wait for the answer.</summary>
    NoAnswer,

    /// <summary>Error treatment has given the task up: retry it here, or cancel the instance.</summary>
    Failed,

    /// <summary>The operation raised a business error that no boundary event takes: retry it here, or cancel.</summary>
    UncaughtError,

    /// <summary>An expression yields nothing that can be used: correct the variables and retry.</summary>
    Expression,

    /// <summary>A join waits for tokens that cannot come any more: cancel the instance and correct the process.</summary>
    Stuck,
}
