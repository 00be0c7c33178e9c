using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>What an operator can do about a failure, in a sentence or two.</summary>
internal static class WayOut
{
    public static string Of(Failure failure) =>
        failure.State switch
        {
            FailureState.Retrying =>
                $"Nothing to do: it is sent again automatically at {failure.NextAt:u}. Retry sends it now, give-up ends it.",
            FailureState.Sent when failure.Kind == FailureKind.Task =>
                $"Nothing to do: it was sent as attempt {failure.Attempt} and is parked again if no answer comes by {failure.NextAt:u}. Give-up ends it.",
            FailureState.Sent => "Nothing to do: it was published again and is resolved unless it comes back.",
            FailureState.Parked when failure.IsCollision =>
                $"It cannot be sent again: {failure.Unsendable}. Have the engine use an id that it has never used, and ask for this "
                    + "once more there. Then give it up here; the engine gets no event, as its task of that id goes on.",
            FailureState.Parked when failure is { Masked: true, Unsendable: { } why } =>
                $"It cannot be sent again: {why}. Have the process name the secret ({{{{secrets.NAME}}}}) instead of carrying it, repair "
                    + "what the error says, and give it up here: the process gets the error, and can ask once more.",
            FailureState.Parked when failure.Unsendable is { } why =>
                $"It cannot be sent again: {why}. {Repair(failure)} Then give it up here.",
            FailureState.Parked => $"{Repair(failure)} Then retry; or give it up, and the process gets the error.",
            FailureState.Resolved => "Nothing to do: it is settled.",
            FailureState.GivenUp => "Nothing to do: it was given up.",
            FailureState.Cancelled => "Nothing to do: the engine no longer waits for it.",
            _ => "",
        };

    private static string Repair(Failure failure) =>
        failure.Error switch
        {
            { Code: ErrorCodes.NoService } =>
                "Start the service that has the operation, or correct the operation's name in the process.",
            { Code: ErrorCodes.NoAnswer } => "Look whether the service runs, and what its log says about the task.",
            { Code: ErrorCodes.DeliveryLimit } =>
                "Look in the log of the service why it could not finish, and repair it.",
            { Code: ErrorCodes.NotTrusted } =>
                "Find out its sender. Retry vouches for it: it is published as error treatment's own.",
            { Category: ErrorCategory.Connectivity, Target: { } target } =>
                $"Look whether {target} can be reached from the service.",
            { Category: ErrorCategory.Connectivity } => "Look whether the target can be reached from the service.",
            { Category: ErrorCategory.Access } =>
                $"Correct the credentials or permissions for {failure.Error.Target ?? "the target"}.",
            { Category: ErrorCategory.Data } =>
                "Correct what the message names, in the process or at the sender; the same data will fail again.",
            { Category: ErrorCategory.Volumetric } => "Send less, or have the limit raised.",
            { Category: ErrorCategory.InDoubt } =>
                $"Look in {failure.Error.Target ?? "the target"} whether the call took effect. Retry if it did not; give up if it did.",
            _ => "Look in the log of the service at the time of the error.",
        };
}
