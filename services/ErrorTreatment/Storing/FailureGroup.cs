using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Storing;

/// <summary>The failures that a group of occurrences concerns, while the group is applied.</summary>
internal sealed class FailureGroup
{
    private readonly Dictionary<string, Failure> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Failure> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Withdrawn> _withdrawals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Withdrawn> _newWithdrawals = new(StringComparer.Ordinal);

    /// <summary>To be remembered for errors that come after this group.</summary>
    public IEnumerable<(string TaskId, string Reason)> NewWithdrawals =>
        _newWithdrawals.Values.Select(withdrawn => (withdrawn.TaskId, withdrawn.Reason));

    public void Add(IEnumerable<Failure> failures)
    {
        foreach (var failure in failures)
        {
            _bySubject[failure.Subject] = failure;
            _byId[failure.Id] = failure;
        }
    }

    public void Add(Dictionary<string, string> withdrawals)
    {
        foreach (var (taskId, reason) in withdrawals)
            _withdrawals[taskId] = new Withdrawn(taskId, reason);
    }

    public bool Has(string subject) => _bySubject.ContainsKey(subject);

    public Failure? Find(Occurrence occurrence) =>
        occurrence switch
        {
            Errored errored => _bySubject.GetValueOrDefault(errored.Subject),
            Answered answered => _bySubject.GetValueOrDefault(Subject.Task(answered.TaskId)),
            Asked asked => _byId.GetValueOrDefault(asked.FailureId),
            _ => null,
        };

    /// <summary>The failures of a task that are more than a prepared row.</summary>
    public IEnumerable<Failure> OfTask(string taskId) =>
        _byId.Values.Where(failure => failure.TaskId == taskId && failure.State != FailureState.New);

    public Withdrawn? Withdrawal(string? taskId) =>
        taskId is null ? null : _withdrawals.GetValueOrDefault(taskId) ?? _newWithdrawals.GetValueOrDefault(taskId);

    public void Remember(Withdrawn withdrawn) => _newWithdrawals.TryAdd(withdrawn.TaskId, withdrawn);
}
