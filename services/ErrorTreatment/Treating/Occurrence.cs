using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Treating;

/// <summary>Something that happened and may concern a failure.</summary>
internal abstract record Occurrence;

/// <summary>An attempt failed, or a message turned up where none should be.</summary>
internal sealed record Errored(
    string Subject,
    FailureKind Kind,
    ErrorInfo Error,
    int Attempt,
    DateTimeOffset OccurredAt
) : Occurrence
{
    public string? Service { get; init; }
    public string? TaskId { get; init; }
    public string? Operation { get; init; }
    public string? ReplyTo { get; init; }
    public TaskRequested? Request { get; init; }

    /// <summary>Whether secrets in the request are masked.</summary>
    public bool Masked { get; init; }
    public StoredMessage? Message { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>Where its record may be.</summary>
    public IReadOnlyList<string> Subjects =>
        Kind == FailureKind.Task && TaskId is not null ? Failures.Subject.OfTask(ReplyTo, TaskId) : [Subject];
}

/// <summary>A task that was sent again has its outcome.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Outcome">What it is, in a sentence.</param>
/// <param name="ReplyTo">The engine; null when it is not known.</param>
/// <param name="Operation">What was executed; null when it is not known.</param>
internal sealed record Answered(string TaskId, string Outcome, string? ReplyTo = null, string? Operation = null)
    : Occurrence
{
    /// <summary>Where the failure's record may be.</summary>
    public IReadOnlyList<string> Subjects => Subject.OfTask(ReplyTo, TaskId);
}

/// <summary>The engine no longer waits for a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReplyTo">The engine; null stands for every one with a task of that id.</param>
/// <param name="Operation">What was asked for; null when it is not known.</param>
internal sealed record Withdrawn(string TaskId, string Reason, string? ReplyTo = null, string? Operation = null)
    : Occurrence
{
    /// <summary>
    /// Whether it also closes an error that comes later. The engine's own word does; a service's does not, as it is not known
    /// yet whether the task is one of its operation. The default value is true.
    /// </summary>
    public bool Lasting { get; init; } = true;
}

/// <summary>The moment of a failure has come.</summary>
internal sealed record Due : Occurrence;

/// <summary>What an operator asks for.</summary>
/// <param name="FailureId">About which failure.</param>
/// <param name="By">Who, by their own word.</param>
internal abstract record Asked(string FailureId, string? By) : Occurrence
{
    /// <summary>Name of the token or subject of the JWT; null when callers are not asked who they are.</summary>
    public string? VerifiedBy { get; init; }
}

/// <summary>An operator wants it sent again.</summary>
internal sealed record RetryAsked(string FailureId, string? By) : Asked(FailureId, By);

/// <summary>An operator ends it.</summary>
internal sealed record GiveUpAsked(string FailureId, string? By, string Reason) : Asked(FailureId, By);
