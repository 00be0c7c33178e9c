using System.Text.Json;
using Refit;

namespace Integration.Clients;

/// <summary>Which failures to list; what is null does not count.</summary>
public sealed record FailureFilter
{
    /// <summary><c>retrying</c>, <c>sent</c>, <c>parked</c>, <c>resolved</c>, <c>given-up</c> or <c>cancelled</c>.</summary>
    [AliasAs("state")]
    public string? State { get; init; }

    /// <summary>Category of the last error, e.g. <c>connectivity</c>.</summary>
    [AliasAs("category")]
    public string? Category { get; init; }

    /// <summary>E.g. <c>rest.request</c>.</summary>
    [AliasAs("operation")]
    public string? Operation { get; init; }

    /// <summary>BPMN process id.</summary>
    [AliasAs("process")]
    public string? Process { get; init; }

    /// <summary>A text in ids, names, engine, target or message.</summary>
    [AliasAs("q")]
    public string? Text { get; init; }

    /// <summary>1 to 1000; 100 unless given.</summary>
    [AliasAs("limit")]
    public int? Limit { get; init; }

    /// <summary>The <see cref="FailurePage.Next"/> of the page before.</summary>
    [AliasAs("after")]
    public string? After { get; init; }
}

/// <summary>A page of failures.</summary>
/// <param name="Failures">The page.</param>
/// <param name="Counts">How many there are by state, over all pages.</param>
/// <param name="Next">What <c>after</c> is to be for the next page; null on the last one.</param>
public sealed record FailurePage(
    IReadOnlyList<Failure> Failures,
    IReadOnlyDictionary<string, long> Counts,
    string? Next
);

/// <summary>A failure in a list.</summary>
/// <param name="Id">Later ones sort behind earlier ones.</param>
/// <param name="State"><c>retrying</c>, <c>sent</c>, <c>parked</c>, <c>resolved</c>, <c>given-up</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it is in that state.</param>
/// <param name="WayOut">What can be done about it, in words.</param>
/// <param name="Possible">What an operator can do now: <c>retry</c>, <c>give-up</c>.</param>
/// <param name="Kind"><c>task</c> or <c>message</c>.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Operation">E.g. <c>rest.request</c>.</param>
/// <param name="ReplyTo">The engine.</param>
/// <param name="Process">Where the task comes from.</param>
/// <param name="Attempt">The last attempt.</param>
/// <param name="Error">How that failed.</param>
/// <param name="Service">Which service has reported it.</param>
/// <param name="NextAt">When the next automatic step is due.</param>
/// <param name="FirstAt">When the first error came.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record Failure(
    string Id,
    string State,
    string Reason,
    string WayOut,
    IReadOnlyList<string> Possible,
    string Kind,
    string? TaskId,
    string? Operation,
    string? ReplyTo,
    FailedProcess? Process,
    int Attempt,
    FailureError Error,
    string? Service,
    DateTimeOffset? NextAt,
    DateTimeOffset FirstAt,
    DateTimeOffset UpdatedAt
);

/// <summary>Where a failed task comes from.</summary>
/// <param name="Definition">BPMN process id.</param>
/// <param name="InstanceId">The process instance.</param>
/// <param name="Element">The task's element.</param>
/// <param name="BusinessKey">Of the instance.</param>
public sealed record FailedProcess(string? Definition, string? InstanceId, string? Element, string? BusinessKey);

/// <summary>What went wrong.</summary>
/// <param name="Category">E.g. <c>connectivity</c>.</param>
/// <param name="Code">Stable and machine-readable.</param>
/// <param name="Message">In words.</param>
/// <param name="Target">The external system that was called.</param>
/// <param name="Status">Of an HTTP answer.</param>
public sealed record FailureError(string Category, string Code, string Message, string? Target, int? Status);

/// <summary>Everything that is known of a failure.</summary>
/// <param name="Failure">As it stands in the list.</param>
/// <param name="Attempts">How each attempt failed.</param>
/// <param name="History">What has happened to it, the oldest first.</param>
/// <param name="Request">The task with its inputs.</param>
/// <param name="Message">The message as it came, where the failure is one of a message.</param>
public sealed record FailureDetail(
    Failure Failure,
    IReadOnlyList<FailedAttempt> Attempts,
    IReadOnlyList<FailureChange> History,
    JsonElement? Request,
    JsonElement? Message
);

/// <summary>How one attempt failed.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Service">Which service has reported it.</param>
/// <param name="Error">What went wrong.</param>
public sealed record FailedAttempt(int Attempt, DateTimeOffset OccurredAt, string? Service, FailureError Error);

/// <summary>One change of a failure.</summary>
/// <param name="At">When.</param>
/// <param name="State">The state that followed.</param>
/// <param name="Attempt">The attempt that it was at.</param>
/// <param name="Note">What happened, in words.</param>
/// <param name="By">The operator who did it; null when it happened automatically.</param>
/// <param name="Verified">Whether the service has verified who that is.</param>
/// <param name="ClaimedBy">What a verified operator said besides.</param>
public sealed record FailureChange(
    DateTimeOffset At,
    string State,
    int Attempt,
    string Note,
    string? By,
    bool? Verified,
    string? ClaimedBy
);

/// <summary>What an operator sends with an action.</summary>
/// <param name="Reason">Why; needed for giving up.</param>
/// <param name="By">Who, by their own word.</param>
public sealed record OperatorAction(string? Reason = null, string? By = null);
