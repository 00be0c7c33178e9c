using System.Text.Json;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>
/// One step of one instance: a working copy of its state, the tokens that still move, and the events that follow.
/// </summary>
internal sealed partial class Run(
    ProcessDefinition definition,
    InstanceState state,
    EngineSettings settings,
    DateTimeOffset now
)
{
    private readonly List<OpenElement> _open = [.. state.Open];
    private readonly List<string> _arrived = [.. state.Arrived];
    private readonly List<Incident> _incidents = [.. state.Incidents];
    private readonly Dictionary<string, JsonElement> _variables = new(state.Variables, StringComparer.Ordinal);
    private readonly Queue<SequenceFlow> _moving = new();
    private readonly List<OutgoingEvent> _outgoing = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly TimeProvider _time = new FixedTime(now);
    private InstanceStatus _status = state.Status;
    private string? _errorCode;
    private string? _endedBecause;
    private string? _by;
    private int _lastKey = state.LastKey;

    private ProcessModel Model => definition.Model;

    public Transition Apply(Command command)
    {
        _by = command.By;
        var refusal = Obey(command);
        if (refusal is not null)
            return new Transition(state, [], [], refusal);
        Move();
        if (_status != state.Status)
            TellStarter();
        return new Transition(Result(), _outgoing, _history);
    }

    /// <summary>What each command does; a text says why it cannot be done.</summary>
    private string? Obey(Command command) =>
        command switch
        {
            Start start => Begin(start),
            CompleteTask done => Answered(done.Key, task => Complete(task, done.Outputs)),
            RejectTask rejected => Answered(rejected.Key, task => Reject(task, rejected.Error)),
            FailTask failed => Answered(failed.Key, task => Fail(task, failed.Error, failed.FailureId)),
            ParkTask parked => Park(parked),
            PassTime => FireDue(),
            DeliverMessage message => Deliver(message),
            Cancel cancel => WhileRunning(() => End(InstanceStatus.Cancelled, cancel.Reason)),
            SetVariables set => WhileRunning(() => Set(set.Variables)),
            RetryIncident retry => Retry(retry.Key),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };

    private string? Begin(Start start)
    {
        var node = (StartEvent)Model.Nodes[start.StartEvent];
        Note(
            HistoryTypes.InstanceStarted,
            node.Id,
            detail: node.Message is { } name ? $"by message {name}" : null,
            by: _by
        );
        if (node.Message is null)
            Merge(start.Variables);
        var outcome = node.Message is null ? Json.EmptyObject : start.Variables;
        Leave(new OpenElement(++_lastKey, node.Id, now), outcome);
        return null;
    }

    private void Move()
    {
        while (_status == InstanceStatus.Running && _moving.TryDequeue(out var flow))
            Enter(flow);
        if (_status == InstanceStatus.Running && _open.Count == 0)
            Rest();
    }

    /// <summary>No token moves and none waits for something from outside.</summary>
    private void Rest()
    {
        if (_arrived.Count == 0)
            End(InstanceStatus.Completed, reason: null);
        foreach (var gateway in _arrived.Select(TargetOf).Distinct(StringComparer.Ordinal).ToList())
        {
            if (_incidents.Exists(incident => incident.Element == gateway))
                continue;
            Raise(
                IncidentKind.Stuck,
                gateway,
                "join-never-complete",
                "The parallel gateway waits for tokens that cannot come any more. "
                    + "Cancel the instance, and correct the process."
            );
        }
    }

    private string TargetOf(string flow) => Model.Flows.First(candidate => candidate.Id == flow).Target;

    /// <summary>Ends the instance with everything that still goes on in it.</summary>
    private void End(InstanceStatus status, string? reason)
    {
        foreach (var element in _open.Where(element => element.Task is not null))
            Withdraw(element, reason ?? "The process instance has ended.");
        _open.Clear();
        _arrived.Clear();
        _incidents.Clear();
        _moving.Clear();
        _status = status;
        _endedBecause = reason;
        Note(_ends[status], detail: reason, by: status == InstanceStatus.Cancelled ? _by : null);
    }

    private static readonly Dictionary<InstanceStatus, string> _ends = new()
    {
        [InstanceStatus.Completed] = HistoryTypes.InstanceCompleted,
        [InstanceStatus.Failed] = HistoryTypes.InstanceFailed,
        [InstanceStatus.Cancelled] = HistoryTypes.InstanceCancelled,
    };

    private string? WhileRunning(Action action)
    {
        if (_status != InstanceStatus.Running)
            return $"The process instance has ended ({_status.ToString().ToLowerInvariant()}).";
        action();
        return null;
    }

    private void Set(JsonElement variables)
    {
        Merge(variables);
        var names = string.Join(", ", variables.EnumerateObject().Select(member => member.Name));
        Note(HistoryTypes.VariablesSet, detail: names, by: _by);
    }

    private void Merge(JsonElement variables)
    {
        foreach (var member in variables.EnumerateObject())
            _variables[member.Name] = member.Value;
    }

    private void Note(
        string type,
        string? element = null,
        string? taskId = null,
        string? detail = null,
        string? by = null
    ) => _history.Add(new HistoryEntry(type, element, taskId, detail, by));

    private InstanceState Result() =>
        state with
        {
            Status = _status,
            EndedAt = _status == InstanceStatus.Running ? null : state.EndedAt ?? now,
            ErrorCode = _errorCode ?? state.ErrorCode,
            Variables = _variables,
            Open = _open,
            Arrived = _arrived,
            Incidents = _incidents,
            LastKey = _lastKey,
        };
}
