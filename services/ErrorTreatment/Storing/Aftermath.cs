using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Scheduling;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Telemetry;

namespace Integration.ErrorTreatment.Storing;

/// <summary>What follows once a change is committed: others are woken, numbers counted, operators alerted.</summary>
internal sealed class Aftermath(Alarms alarms, TreatmentMetrics metrics, ILogger<Aftermath> log)
{
    public void Of(AppliedStep outcome)
    {
        if (outcome.Failure is not { } failure || outcome.Step is Step.Ignore or Step.Record or Step.Refuse)
            return;

        metrics.Entered(failure, outcome.State);
        if (failure.NextAt is { } next)
            alarms.Schedule.Set(next);
        if (outcome.State is FailureState.Sent or FailureState.Parked or FailureState.GivenUp)
            alarms.Outbox.Ring();
        if (outcome.State == FailureState.Parked)
            log.LogWarning(
                "Parked failure {FailureId}: {Subject} of {Operation} ({Category}, {Code}). {Message} {Reason} "
                    + "Show it: GET /failures/{FailureId}; then POST /failures/{FailureId}/retry or /give-up.",
                failure.Id,
                failure.TaskId ?? failure.Subject,
                failure.Operation ?? "an unknown operation",
                RoutingKeys.Name(failure.Error.Category),
                failure.Error.Code,
                failure.Error.Message,
                failure.Reason,
                failure.Id,
                failure.Id
            );
    }
}
