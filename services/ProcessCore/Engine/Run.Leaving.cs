using System.Text.Json;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>A token leaves a node.</summary>
internal sealed partial class Run
{
    /// <summary>Maps what came of the element to variables, and goes on.</summary>
    private void Leave(OpenElement element, JsonElement outcome)
    {
        var leaving = element with
        {
            Phase = Phase.Leaving,
            Task = null,
            Timers = [],
            Message = null,
            Outcome = outcome,
        };
        Try(leaving, () => Leave(leaving));
    }

    private void Leave(OpenElement element)
    {
        var node = Model.Nodes[element.Element];
        MapOutputs(node, element);
        Close(element);
        if (node is EndEvent end)
            End(end);
        else
            TakeAll(node.Id);
    }

    private void End(EndEvent end)
    {
        if (end.Kind == EndKind.Error)
        {
            _errorCode = end.ErrorCode;
            End(InstanceStatus.Failed, $"Error {end.ErrorCode} at {end.Id}.");
        }
        else if (end.Kind == EndKind.Terminate)
        {
            End(InstanceStatus.Completed, $"Terminated at {end.Id}.");
        }
    }

    private void MapOutputs(FlowNode node, OpenElement element)
    {
        if (node.Outputs.Count == 0)
        {
            Merge(element.Outcome!.Value);
            return;
        }

        var scope = new Scope(_variables, _time);
        scope.SetAll(element.Inputs);
        scope.SetAll(element.Outcome);
        // Into a copy: either all mappings take effect or none.
        var mapped = new Dictionary<string, JsonElement>(_variables, StringComparer.Ordinal);
        scope.Map(node.Outputs, mapped, Missed(node.Id));
        foreach (var mapping in node.Outputs)
            _variables[mapping.Target[0]] = mapped[mapping.Target[0]];
    }

    /// <summary>Null is a value, but an operator who later misses one must find where it was lost.</summary>
    private Action<Mapping, IReadOnlyList<string>> Missed(string element) =>
        (mapping, warnings) =>
            Note(
                HistoryTypes.MappingNull,
                element,
                detail: $"The mapping of {mapping.TargetText} gives null. {string.Join(' ', warnings)}"
            );

    private void TakeAll(string node)
    {
        foreach (var flow in Model.Outgoing(node))
            Take(flow);
    }

    private void Take(SequenceFlow flow)
    {
        Note(HistoryTypes.FlowTaken, flow.Id);
        _moving.Enqueue(flow);
    }

    private void Close(OpenElement element) => _open.RemoveAll(other => other.Key == element.Key);
}
