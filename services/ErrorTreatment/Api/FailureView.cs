using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;

namespace Integration.ErrorTreatment.Api;

/// <summary>A failure in the list.</summary>
/// <param name="Id">Made here; later ones sort behind earlier ones.</param>
/// <param name="State"><c>retrying</c>, <c>sent</c>, <c>parked</c>, <c>resolved</c>, <c>given-up</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it is in that state.</param>
/// <param name="WayOut">What can be done about it, in words.</param>
/// <param name="Possible">What an operator can do now: <c>retry</c>, <c>give-up</c>.</param>
/// <param name="Kind"><c>task</c> or <c>message</c>.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Operation">E.g. <c>rest.request</c>.</param>
/// <param name="ReplyTo">The engine.</param>
/// <param name="Process">Where the task comes from.</param>
/// <param name="Parent">The task that has asked for this one.</param>
/// <param name="Attempt">The last attempt.</param>
/// <param name="Error">How that failed.</param>
/// <param name="Service">Which service has reported it.</param>
/// <param name="NextAt">When the next automatic step is due.</param>
/// <param name="FirstAt">When the first error came.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record FailureView(
    string Id,
    string State,
    string Reason,
    string WayOut,
    IReadOnlyList<string> Possible,
    string Kind,
    string? TaskId,
    string? Operation,
    string? ReplyTo,
    ProcessReference? Process,
    ParentTask? Parent,
    int Attempt,
    ErrorInfo Error,
    string? Service,
    DateTimeOffset? NextAt,
    DateTimeOffset FirstAt,
    DateTimeOffset UpdatedAt
)
{
    public static FailureView Of(Failure failure) =>
        new(
            failure.Id,
            failure.State.Name(),
            failure.Reason,
            Api.WayOut.Of(failure),
            PossibleFor(failure),
            failure.Kind == FailureKind.Task ? "task" : "message",
            failure.TaskId,
            failure.Operation,
            failure.ReplyTo,
            failure.Request?.Process,
            failure.Request?.Parent,
            failure.Attempt,
            failure.Error,
            failure.Service,
            failure.NextAt,
            failure.FirstAt,
            failure.UpdatedAt
        );

    /// <summary>What an operator can do now: the last part of the routes.</summary>
    public static IReadOnlyList<string> PossibleFor(Failure failure) =>
        [
            .. StateTable.Allows(failure, Trigger.Retry) ? ["retry"] : Array.Empty<string>(),
            .. StateTable.Allows(failure, Trigger.GiveUp) ? ["give-up"] : Array.Empty<string>(),
        ];
}
