using System.Data.Common;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;
using Integration.Storage;

namespace Integration.ErrorTreatment.Storing;

/// <summary>
/// Everything that happens to failures goes through here, one transaction for all that waits. State, history and
/// outgoing messages are committed together.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly FailureTables _tables;
    private readonly Treatment _treatment;
    private readonly Aftermath _aftermath;
    private readonly TimeProvider _time;
    private readonly IDatabase _database;
    private readonly GroupedWrites<Occurrence, AppliedStep> _writes;

    public Ledger(IDatabase database, FailureTables tables, Treatment treatment, Aftermath aftermath, TimeProvider time)
    {
        _database = database;
        _tables = tables;
        _treatment = treatment;
        _aftermath = aftermath;
        _time = time;
        _writes = new GroupedWrites<Occurrence, AppliedStep>(database, ApplyAsync);
    }

    /// <summary>Completes when what follows from the occurrence is committed.</summary>
    public async Task<AppliedStep> SubmitAsync(Occurrence occurrence, CancellationToken cancellation)
    {
        var outcome = await _writes.SubmitAsync(occurrence, cancellation);
        _aftermath.Of(outcome);
        return outcome;
    }

    /// <summary>Treats failures whose moment has come.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SubmitDueAsync(int limit, CancellationToken cancellation)
    {
        var outcomes = await _database.WriteAsync(
            async transaction =>
            {
                var writes = new PendingWrites();
                var due = await _tables.LockDueAsync(transaction, _time.GetUtcNow(), limit);
                await LookInsideAsync(transaction, due.Where(failure => failure.State == FailureState.Sent));
                List<AppliedStep> applied = [.. due.Select(failure => Apply(failure, new Due(), writes))];
                await _tables.SaveAsync(transaction, writes, cancellation);
                return applied;
            },
            cancellation
        );
        foreach (var outcome in outcomes)
            _aftermath.Of(outcome);
        return outcomes.Count;
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private async Task<IReadOnlyList<AppliedStep>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<Occurrence> occurrences,
        CancellationToken cancellation
    )
    {
        var group = await LoadAsync(transaction, occurrences, cancellation);
        var writes = new PendingWrites();
        List<AppliedStep> outcomes = [.. occurrences.Select(occurrence => Apply(occurrence, group, writes))];
        await _tables.SaveAsync(transaction, writes, cancellation);
        await _tables.AddWithdrawalsAsync(transaction, group.NewWithdrawals, cancellation);
        return outcomes;
    }

    private AppliedStep Apply(Occurrence occurrence, FailureGroup group, PendingWrites writes)
    {
        if (occurrence is Withdrawn withdrawn)
            return Withdraw(withdrawn, group, writes);
        if (group.Find(occurrence) is not { } failure)
            return AppliedStep.Nothing;

        if (failure.State != FailureState.New || group.Withdrawal(failure) is not { } earlier)
            return Apply(failure, occurrence, writes);

        // The cancellation overtook the error that it belongs to.
        _treatment.Absorb(failure, (Errored)occurrence, writes);
        return Apply(failure, earlier, writes);
    }

    private AppliedStep Withdraw(Withdrawn withdrawn, FailureGroup group, PendingWrites writes)
    {
        List<AppliedStep> outcomes = [.. group.OfTask(withdrawn).Select(failure => Apply(failure, withdrawn, writes))];
        if (outcomes.Count > 0)
            return outcomes.Find(outcome => outcome.Contradiction is null) ?? outcomes[0];
        if (withdrawn.Lasting)
            group.Remember(withdrawn);
        return AppliedStep.Nothing;
    }

    private AppliedStep Apply(Failure failure, Occurrence occurrence, PendingWrites writes)
    {
        if (failure.State != FailureState.New && Contradictions.Of(failure, occurrence) is { } contradiction)
            return AppliedStep.Nothing with { Contradiction = contradiction };
        var step = _treatment.Apply(failure, occurrence, writes);
        return new AppliedStep(step, failure, failure.State);
    }

    private async Task<FailureGroup> LoadAsync(
        DbTransaction transaction,
        IReadOnlyList<Occurrence> occurrences,
        CancellationToken cancellation
    )
    {
        var errored = occurrences.OfType<Errored>().ToList();
        string[] subjects =
        [
            .. errored.SelectMany(e => e.Subjects),
            .. occurrences.OfType<Answered>().SelectMany(answered => answered.Subjects),
        ];
        string[] withdrawn = [.. occurrences.OfType<Withdrawn>().Select(w => Storable.Text(w.TaskId))];
        string[] asked = [.. occurrences.OfType<Asked>().Select(a => Storable.Text(a.FailureId))];
        var group = new FailureGroup();
        group.Add(await _tables.LockAsync(transaction, subjects, withdrawn, asked));

        // A second time, because the record of the id may turn out to be of another engine.
        await AddMissingAsync(transaction, errored, group, cancellation);
        await AddMissingAsync(transaction, errored, group, cancellation);

        string[] taskIds = [.. group.New.Select(failure => failure.TaskId).OfType<string>().Select(Storable.Text)];
        group.Add(await _tables.WithdrawalsAsync(transaction, taskIds));
        await LookInsideAsync(
            transaction,
            errored.Where(e => e.Error.Code == ErrorCodes.NoAnswer).Select(group.Find).OfType<Failure>()
        );
        return group;
    }

    /// <summary>A task without an answer may wait for one that it has asked for, and that has a failure of its own.</summary>
    private async Task LookInsideAsync(DbTransaction transaction, IEnumerable<Failure> failures)
    {
        var unanswered = failures.Where(failure => failure is { Kind: FailureKind.Task, TaskId: not null }).ToList();
        if (unanswered.Count == 0)
            return;
        var inner = await _tables.OpenInnerAsync(
            transaction,
            [.. unanswered.Select(failure => Storable.Text(failure.TaskId!)).Distinct(StringComparer.Ordinal)]
        );
        foreach (var failure in unanswered)
            failure.WaitsFor = inner
                .Where(one => one.TaskId == Storable.Text(failure.TaskId!) && failure.IsOf(one.ReplyTo))
                .Select(one => one.FailureId)
                .FirstOrDefault();
    }

    private async Task AddMissingAsync(
        DbTransaction transaction,
        List<Errored> errored,
        FailureGroup group,
        CancellationToken cancellation
    )
    {
        var missing = errored
            .Where(e => group.Find(e) is null)
            .Select(e => Begin(e, e.Subjects.Last(subject => !group.Has(subject))))
            .DistinctBy(failure => failure.Subject, StringComparer.Ordinal)
            .OrderBy(failure => failure.Subject, StringComparer.Ordinal)
            .ToList();
        var added = await _tables.AddAsync(transaction, missing, cancellation);
        group.Add(missing.Where((_, i) => added[i]));
        var taken = missing.Where((_, i) => !added[i]).Select(failure => failure.Subject).ToArray();
        group.Add(await _tables.LockAsync(transaction, taken, [], []));
    }

    private Failure Begin(Errored errored, string subject)
    {
        var now = _time.GetUtcNow();
        return new Failure
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Subject = subject,
            Kind = errored.Kind,
            TaskId = errored.TaskId,
            ReplyTo = errored.ReplyTo,
            Error = errored.Error,
            FirstAt = now,
            UpdatedAt = now,
        };
    }
}
