using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Treating;

/// <summary>The default treatment: by category, retry with growing pauses or park at once.</summary>
internal sealed class TreatmentTable(TreatmentOptions options, Random random)
{
    /// <summary>Decides about the error that the failure has now.</summary>
    public Decision Decide(Failure failure, DateTimeOffset now)
    {
        var error = failure.Error;
        if (failure.WaitsFor is { } inner)
            return Park($"It waits for a task that it has asked for, and that has failed: repair failure {inner}");
        var (policy, why) = Policy(failure.Kind, error);
        if (policy is null)
            return Park(why);
        if (failure.Unsendable is { } unsendable)
            return Park($"It cannot be sent again: {unsendable}.");
        if (failure.Retries >= policy.Retries)
            return Park(
                policy.Retries == 0 ? $"{why}, but retries are switched off" : $"All {policy.Retries} retries failed"
            );
        if (!TryRetryAfter(error, out var retryAfter))
            return Park(
                $"The target asked to wait {error.RetryAfter} seconds, longer than Treatment__LongestRetryAfter ({options.LongestRetryAfter})"
            );

        var at = now + Backoff.Pause(policy, failure.Retries, retryAfter, random.NextDouble());
        return failure.Request?.Deadline is { } deadline && at >= deadline
            ? Park(
                $"The next retry would come after the deadline ({deadline:u}), when the engine no longer waits for the answer"
            )
            : new Decision(at, $"{why}: retry {failure.Retries + 1} of {policy.Retries} at {at:u}.");
    }

    // First match decides.
    private (RetryOptions? Policy, string Why) Policy(FailureKind kind, ErrorInfo error) =>
        error switch
        {
            { Category: ErrorCategory.Access } => (null, "Access was refused; waiting does not change that"),
            { Category: ErrorCategory.Data } => (
                null,
                "The data does not fit; repeating it unchanged would fail again"
            ),
            { Category: ErrorCategory.InDoubt } => (
                null,
                "It is not known whether the call took effect; look in the target before you send it again"
            ),
            { Category: ErrorCategory.Business } => (
                null,
                "A business error was reported as a technical one; the service should publish task.rejected"
            ),
            { Category: ErrorCategory.Volumetric, Status: 413 } or { Code: ErrorCodes.MessageTooLarge } => (
                null,
                "It is too large; repeating it unchanged would fail again"
            ),
            { Retryable: false } when kind == FailureKind.Message => (
                null,
                "Only an operator sends a message again that was reported or given up, and vouches for it"
            ),
            { Retryable: false } => (null, "The reporter says that repeating it unchanged cannot succeed"),
            { Category: ErrorCategory.Volumetric } => (options.Volumetric, "The target takes no more for now"),
            { Category: ErrorCategory.Connectivity } => (options.Connectivity, "Not reachable for now"),
            _ => (options.Internal, "A fault in the service"),
        };

    private bool TryRetryAfter(ErrorInfo error, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        if (error.RetryAfter is not > 0)
            return true;
        if (!(error.RetryAfter <= options.LongestRetryAfter.TotalSeconds))
            return false;
        retryAfter = TimeSpan.FromSeconds(error.RetryAfter.Value);
        return true;
    }

    private static Decision Park(string why) => new(null, $"{why.TrimEnd('.')}.");
}
