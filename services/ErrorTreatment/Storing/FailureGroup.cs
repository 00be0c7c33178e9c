using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Storing;

/// <summary>The failures that a group of occurrences concerns, while the group is applied.</summary>
internal sealed class FailureGroup
{
    private readonly Dictionary<string, Failure> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Failure> _byId = new(StringComparer.Ordinal);
    private readonly List<Withdrawn> _withdrawals = [];
    private readonly List<Withdrawn> _newWithdrawals = [];

    /// <summary>To be remembered for errors that come after this group.</summary>
    public IReadOnlyList<Withdrawn> NewWithdrawals => _newWithdrawals;

    public void Add(IEnumerable<Failure> failures)
    {
        foreach (var failure in failures)
        {
            _bySubject[failure.Subject] = failure;
            _byId[failure.Id] = failure;
        }
    }

    public void Add(IEnumerable<Withdrawn> withdrawals) => _withdrawals.AddRange(withdrawals);

    /// <summary>Prepared for what happens to them in this group.</summary>
    public IEnumerable<Failure> New => _byId.Values.Where(failure => failure.State == FailureState.New);

    public bool Has(string subject) => _bySubject.ContainsKey(subject);

    public Failure? Find(Occurrence occurrence) =>
        occurrence switch
        {
            Errored { Kind: FailureKind.Task } errored => OfTask(errored.Subjects, errored.ReplyTo),
            Errored errored => _bySubject.GetValueOrDefault(errored.Subject),
            Answered answered => OfTask(answered.Subjects, answered.ReplyTo),
            Asked asked => _byId.GetValueOrDefault(asked.FailureId),
            _ => null,
        };

    /// <summary>The failures of a task that are more than a prepared row.</summary>
    public IEnumerable<Failure> OfTask(Withdrawn withdrawn) =>
        _byId.Values.Where(failure =>
            failure.TaskId == withdrawn.TaskId
            && failure.IsOf(withdrawn.ReplyTo)
            && failure is { IsCollision: false, State: not FailureState.New }
        );

    public Withdrawn? Withdrawal(Failure failure) =>
        failure.IsCollision
            ? null
            : _withdrawals
                .Concat(_newWithdrawals)
                .FirstOrDefault(withdrawn => withdrawn.TaskId == failure.TaskId && failure.IsOf(withdrawn.ReplyTo));

    public void Remember(Withdrawn withdrawn) => _newWithdrawals.Add(withdrawn);

    // The engine's own record first: the other one may be of an engine that is not known.
    private Failure? OfTask(IEnumerable<string> subjects, string? engine) =>
        subjects
            .Select(subject => _bySubject.GetValueOrDefault(subject))
            .FirstOrDefault(found => found?.IsOf(engine) == true);
}
