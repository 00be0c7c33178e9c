using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;

namespace Integration.ErrorTreatment.Treating;

/// <summary>Carries out on one failure what the tables say.</summary>
internal sealed class Treatment(TreatmentTable table, Dispatch dispatch, TreatmentOptions options, TimeProvider time)
{
    private static readonly TimeSpan _leastSpan = TimeSpan.FromMinutes(1);

    /// <summary>Applies what happened; the failure is changed, and what else is to be written is in <paramref name="writes"/>.</summary>
    public Step Apply(Failure failure, Occurrence occurrence, PendingWrites writes)
    {
        var trigger = TriggerOf(failure, occurrence);
        var step = StateTable.Step(failure.Kind, failure.State, trigger);
        if (trigger == Trigger.Retry && failure.Unsendable is not null)
            step = Step.Refuse;

        switch (step)
        {
            case Step.Record:
                Record(failure, (Errored)occurrence, trigger, writes);
                break;
            case Step.Treat:
                Absorb(failure, (Errored)occurrence, writes);
                Treat(failure, writes);
                break;
            case Step.Send:
                Send(failure, occurrence as RetryAsked, writes);
                break;
            case Step.ParkUnanswered:
                failure.Error = Unanswered(failure);
                failure.Service = dispatch.Self.Name;
                Park(failure, $"No answer came to what was sent again.{Inner(failure)}", writes);
                break;
            case Step.Resolve:
                var outcome = (occurrence as Answered)?.Outcome ?? "Published again, and it did not come back.";
                Enter(failure, FailureState.Resolved, outcome, writes);
                break;
            case Step.GiveUp:
                GiveUp(failure, (GiveUpAsked)occurrence, writes);
                break;
            case Step.Cancel:
                Enter(failure, FailureState.Cancelled, ((Withdrawn)occurrence).Reason, writes);
                break;
        }

        return step;
    }

    /// <summary>Takes over what an error reports.</summary>
    public void Absorb(Failure failure, Errored errored, PendingWrites writes)
    {
        failure.Error = errored.Error;
        failure.Service = errored.Service ?? failure.Service;
        failure.TaskId ??= errored.TaskId;
        failure.Operation = errored.Operation ?? failure.Operation;
        failure.ReplyTo = errored.ReplyTo ?? failure.ReplyTo;
        TakeRequest(failure, errored);
        failure.TraceParent = errored.TraceParent ?? failure.TraceParent;
        if (failure.Message is not { Complete: true })
            failure.Message = errored.Message ?? failure.Message;
        failure.Span ??= errored.Request?.Deadline - failure.FirstAt;
        failure.Attempt =
            failure.Kind == FailureKind.Message ? failure.Attempt + 1 : Math.Max(failure.Attempt, errored.Attempt);
        Keep(failure, errored, writes);
        writes.Changed.Add(failure);
    }

    /// <summary>What is known whole is not given up for what was masked.</summary>
    private static void TakeRequest(Failure failure, Errored errored)
    {
        if (errored.Request is null || (errored.Masked && failure is { Request: not null, Masked: false }))
            return;
        failure.Request = errored.Request;
        failure.Masked = errored.Masked;
    }

    private static Trigger TriggerOf(Failure failure, Occurrence occurrence) =>
        occurrence switch
        {
            Errored e when failure.Kind == FailureKind.Message || IsNews(failure, e.Attempt) => Trigger.Errored,
            Errored => Trigger.ErroredLate,
            Due => Trigger.Due,
            Answered => Trigger.Answered,
            RetryAsked => Trigger.Retry,
            GiveUpAsked => Trigger.GiveUp,
            Withdrawn => Trigger.Withdrawn,
            _ => throw new ArgumentOutOfRangeException(nameof(occurrence), occurrence, "No trigger."),
        };

    private static bool IsNews(Failure failure, int attempt) =>
        attempt >= failure.Attempt && !failure.KnownAttempts.Contains(attempt);

    private void Record(Failure failure, Errored errored, Trigger trigger, PendingWrites writes)
    {
        // A parked failure shows the latest that is known: what the attempt that gave no answer ended with.
        if (trigger == Trigger.Errored && failure is { Kind: FailureKind.Task, State: FailureState.Parked })
            Absorb(failure, errored, writes);
        else if (failure.Kind == FailureKind.Task)
            Keep(failure, errored, writes);
    }

    private static void Keep(Failure failure, Errored errored, PendingWrites writes)
    {
        var attempt = failure.Kind == FailureKind.Message ? failure.Attempt : errored.Attempt;
        if (failure.KnownAttempts.Add(attempt))
            writes.Attempts.Add(
                new FailedAttempt(failure.Id, attempt, errored.OccurredAt, errored.Service, errored.Error)
            );
    }

    private void Treat(Failure failure, PendingWrites writes)
    {
        var decision = table.Decide(failure, time.GetUtcNow());
        if (decision.RetryAt is null)
        {
            Park(failure, decision.Reason, writes);
            return;
        }

        Enter(failure, FailureState.Retrying, decision.Reason, writes);
        failure.NextAt = decision.RetryAt;
    }

    private void Send(Failure failure, RetryAsked? asked, PendingWrites writes)
    {
        var now = time.GetUtcNow();
        if (asked is null && failure.Request?.Deadline <= now)
        {
            Park(failure, "The deadline passed before the retry was due to be sent.", writes);
            return;
        }

        failure.Retries = asked is null ? failure.Retries + 1 : 0;
        if (failure.Request is not null)
        {
            failure.Attempt++;
            var deadline = asked is null ? failure.Request.Deadline : Sum(now, OperatorSpan(failure));
            failure.Request = failure.Request with
            {
                Attempt = failure.Attempt,
                Deadline = deadline,
                // Who did not know of a doubt has not decided about it: the service then raises it again.
                AfterDoubt = asked is not null && failure.Error.Category == ErrorCategory.InDoubt,
            };
        }

        var what = failure.Kind == FailureKind.Task ? $"Sent again as attempt {failure.Attempt}." : "Published again.";
        Enter(failure, FailureState.Sent, what, writes, asked);
        writes.Messages.Add((failure, dispatch.Again(failure)));

        // The wait for a message that may come back begins when the broker has it: see Outbox.
        if (failure.Kind == FailureKind.Task)
            failure.NextAt = failure.Request?.Deadline is { } until
                ? Sum(until, options.AnswerGrace)
                : now + options.AnswerWithin;
    }

    // Engines may send deadlines at the end of time.
    private static DateTimeOffset Sum(DateTimeOffset moment, TimeSpan span) =>
        span > DateTimeOffset.MaxValue - moment ? DateTimeOffset.MaxValue : moment + span;

    private void Park(Failure failure, string reason, PendingWrites writes)
    {
        Enter(failure, FailureState.Parked, reason, writes);
        if (dispatch.Incident(failure) is { } incident)
            writes.Messages.Add((failure, incident));
    }

    private void GiveUp(Failure failure, GiveUpAsked asked, PendingWrites writes)
    {
        var failed = dispatch.Failed(failure, asked.Reason);
        var told =
            failure.IsCollision ? " The engine gets no event: the id is another task's."
            : failed is null ? " No engine is known that could get an event."
            : "";
        Enter(failure, FailureState.GivenUp, $"Given up: {asked.Reason}{told}", writes, asked);
        if (failed is not null)
            writes.Messages.Add((failure, failed));
        if (dispatch.Withdrawal(failure, asked.Reason) is { } withdrawal)
            writes.Messages.Add((failure, withdrawal));
    }

    private static string Inner(Failure failure) =>
        failure.WaitsFor is { } inner
            ? $" It waits for a task that it has asked for, and that has failed: repair failure {inner}."
            : "";

    private void Enter(Failure failure, FailureState state, string reason, PendingWrites writes, Asked? asked = null)
    {
        failure.State = state;
        failure.Reason = reason;
        failure.NextAt = null;
        writes.History.Add(
            new HistoryEntry(
                failure.Id,
                time.GetUtcNow(),
                state,
                failure.Attempt,
                reason,
                asked is null ? null : Claimed(asked),
                asked?.VerifiedBy
            )
        );
        writes.Changed.Add(failure);
    }

    // An operator of whom nothing is known still has a name.
    private static string? Claimed(Asked asked) => asked.By ?? (asked.VerifiedBy is null ? "operator" : null);

    private TimeSpan OperatorSpan(Failure failure) =>
        failure.Span >= _leastSpan ? failure.Span.Value : options.OperatorDeadline;

    private static ErrorInfo Unanswered(Failure failure) =>
        new(
            ErrorCategory.Connectivity,
            ErrorCodes.NoAnswer,
            $"Attempt {failure.Attempt} of '{failure.Operation}' was sent and no answer came in time. Look whether the "
                + "service runs and what its log says about the task; then send it again or give it up."
        );
}
