using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Treating;

/// <summary>
/// An event about a task must name the operation that the failure is about. Otherwise a service that only knows the id could close
/// a task that another one executes, or replace its request.
/// </summary>
internal static class Contradictions
{
    /// <summary>Why the occurrence does not concern the failure; null when it does.</summary>
    public static ErrorInfo? Of(Failure failure, Occurrence occurrence)
    {
        var told = occurrence switch
        {
            Errored { Kind: FailureKind.Task } errored => errored.Operation,
            Answered answered => answered.Operation,
            Withdrawn withdrawn => withdrawn.Operation,
            _ => null,
        };
        return
            told is null || failure.Operation is null || failure.Kind != FailureKind.Task || told == failure.Operation
            ? null
            : new ErrorInfo(
                ErrorCategory.Data,
                ErrorCodes.ResultMismatch,
                $"It is about '{told}' and names the task '{failure.TaskId}', which is about '{failure.Operation}' (failure "
                    + $"{failure.Id}): nothing was done with it. Correct its sender, and give this message up."
            );
    }
}
