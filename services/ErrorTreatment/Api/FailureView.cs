using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;

namespace Integration.ErrorTreatment.Api;

/// <summary>A failure in the list.</summary>
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
