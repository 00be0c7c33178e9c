using System.Text.Json;
using Integration.Contracts;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>A token arrives at a node.</summary>
internal sealed partial class Run
{
    // Room in a message for everything that is not inputs.
    private const int Envelope = 8 * 1024;

    private void Enter(SequenceFlow flow)
    {
        if (Model.Nodes[flow.Target] is ParallelGateway gateway)
            Join(gateway, flow);
        else
            Enter(new OpenElement(++_lastKey, flow.Target, now));
    }

    private void Enter(OpenElement element)
    {
        Note(HistoryTypes.ElementEntered, element.Element);
        Try(element, () => Begin(element));
    }

    private void Begin(OpenElement element)
    {
        switch (Model.Nodes[element.Element])
        {
            case ServiceTask task:
                Request(element, task);
                break;
            case MessageCatch message:
                Await(element, message);
                break;
            case TimerCatchEvent timer:
                Wait(element with { Timers = [new OpenTimer(timer.Id, Due(timer.Timer, timer.Id))] });
                break;
            case ExclusiveGateway gateway:
                Choose(element, gateway);
                break;
            case ScriptTask script:
                Compute(element, script);
                break;
            case PassThrough or EndEvent:
                Leave(element, Json.EmptyObject);
                break;
            case var other:
                throw new InvalidOperationException($"No token can enter {other}.");
        }
    }

    private void Join(ParallelGateway gateway, SequenceFlow flow)
    {
        _arrived.Add(flow.Id);
        var incoming = Model.Incoming(gateway.Id).ToList();
        if (!incoming.TrueForAll(other => _arrived.Contains(other.Id, StringComparer.Ordinal)))
            return;
        foreach (var arrived in incoming)
            _arrived.Remove(arrived.Id);
        Note(HistoryTypes.ElementEntered, gateway.Id);
        TakeAll(gateway.Id);
    }

    private void Choose(OpenElement element, ExclusiveGateway gateway)
    {
        var scope = new Scope(_variables, _time);
        var outgoing = Model.Outgoing(gateway.Id).ToList();
        var chosen = outgoing.Find(flow =>
            flow.Id != gateway.Default && (flow.Condition is null || scope.Condition(flow.Condition))
        );
        chosen ??= outgoing.Find(flow => flow.Id == gateway.Default);
        if (chosen is null)
            throw new UnusableValueException(
                "no-flow",
                "No condition holds and there is no default flow. Correct the variables and retry."
            );
        Close(element);
        Take(chosen);
    }

    private void Request(OpenElement element, ServiceTask task)
    {
        var scope = new Scope(_variables, _time);
        var inputs = Inputs(task, scope);
        var taskId = TaskIds.Of(state.Id, element.Key);
        var deadline = task.Deadline is { } own ? now + own : now + settings.TaskDeadline;
        Wait(element with { Task = new OpenTask(taskId, deadline), Inputs = inputs, Timers = BoundaryTimers(task.Id) });
        Note(HistoryTypes.TaskRequested, task.Id, taskId, task.Operation);
        _outgoing.Add(new RequestTask(RequestOf(_open[^1])));
    }

    private void Compute(OpenElement element, ScriptTask script)
    {
        var scope = new Scope(_variables, _time);
        var local = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        scope.Map(script.Inputs, local, Missed(script.Id));
        var result = scope.Value(
            script.Expression,
            "the script",
            warnings =>
                Note(
                    HistoryTypes.MappingNull,
                    script.Id,
                    detail: $"The script gives null. {string.Join(' ', warnings)}"
                )
        );
        Leave(element with { Inputs = Json.Object(local) }, Json.Object([new(script.ResultVariable, result)]));
    }

    private JsonElement Inputs(ServiceTask task, Scope scope)
    {
        var mapped = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        scope.Map(task.Inputs, mapped, Missed(task.Id));
        foreach (var (name, value) in task.Headers)
            mapped.TryAdd(name, Json.Text(value));
        if (task is { SendsVariables: true, Inputs.Count: 0 })
        {
            foreach (var (name, value) in _variables)
                mapped.TryAdd(name, value);
        }
        var inputs = Json.Object(mapped);
        var size = JsonSerializer.SerializeToUtf8Bytes(inputs, StateJson.Default.JsonElement).Length;
        return size <= Limits.Body - Envelope
            ? inputs
            : throw new UnusableValueException(
                "inputs-too-large",
                $"The inputs have {size} bytes; at most {Limits.Body - Envelope} fit into a message. "
                    + "Pass larger content by reference, correct the variables and retry."
            );
    }

    private TaskRequested RequestOf(OpenElement element)
    {
        var task = (ServiceTask)Model.Nodes[element.Element];
        return new TaskRequested(
            element.Task!.Id,
            task.Operation,
            task.Version,
            settings.Name,
            element.Inputs!.Value,
            Process: new ProcessReference(state.Id, definition.Id, task.Id, state.BusinessKey),
            Deadline: element.Task.Deadline,
            Tenant: state.Tenant
        );
    }

    private void Await(OpenElement element, MessageCatch node)
    {
        var key = new Scope(_variables, _time).Text(node.Message.CorrelationKey, "the correlation key");
        if (key.Length > 0 && EventRules.Name(key, "It") is not null)
            throw new UnusableValueException(
                "unusable-value",
                $"The correlation key \"{node.Message.CorrelationKey.Text}\" yields a text of {key.Length} characters; at most "
                    + $"{Limits.Name} are taken, and no control characters. Correct the variables and retry."
            );
        Wait(element with { Message = new OpenMessage(node.Message.Name, key), Timers = BoundaryTimers(node.Id) });
    }

    private void Wait(OpenElement element)
    {
        Close(element);
        _open.Add(element with { Phase = Phase.Waiting });
    }
}
