using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What can only be seen when all elements are known.</summary>
internal static class GraphChecks
{
    public static void Run(ProcessModel model, Findings findings)
    {
        Starts(model, findings);
        Flows(model, findings);
        var taken = new Dictionary<(string, ErrorEventDefinition), string>();
        foreach (var boundary in model.Nodes.Values.OfType<BoundaryEvent>())
            Boundary(model, boundary, taken, findings);
        foreach (var gateway in model.Nodes.Values.OfType<ExclusiveGateway>())
            Gateway(model, gateway, findings);
        foreach (var node in model.Nodes.Values)
            Ends(model, node, findings);
        Reachability.Check(model, findings);
        Loops.Check(model, findings);
    }

    private static void Starts(ProcessModel model, Findings findings)
    {
        var starts = model.Nodes.Values.OfType<StartEvent>().ToList();
        if (starts.Count == 0 && !model.Nodes.Values.Any(node => node is UnreadNode))
            findings.Refuse(model.Id, "The process has no start event.", "Draw one.");
        foreach (var second in starts.GroupBy(start => start.Message).SelectMany(group => group.Skip(1)))
            findings.Refuse(
                second.Id,
                second.Message is null
                    ? "There is another start event without a trigger."
                    : $"There is another start event for the message \"{second.Message}\".",
                "Keep one."
            );
    }

    private static void Flows(ProcessModel model, Findings findings)
    {
        foreach (var flow in model.Flows)
        {
            foreach (var end in new[] { flow.Source, flow.Target }.Where(end => !model.Nodes.ContainsKey(end)))
                findings.Refuse(
                    flow.Id,
                    $"The sequence flow refers to \"{end}\", which is not there.",
                    "Draw it again."
                );
            if (flow.Condition is not null && model.Nodes.GetValueOrDefault(flow.Source) is not ExclusiveGateway)
                findings.Refuse(
                    flow.Id,
                    "A condition counts only on a flow that leaves an exclusive gateway.",
                    "Put an exclusive gateway in front of it, or remove the condition."
                );
        }
    }

    private static void Ends(ProcessModel model, FlowNode node, Findings findings)
    {
        if (node is StartEvent or BoundaryEvent && model.Incoming(node.Id).Any())
            findings.Refuse(node.Id, "A sequence flow leads into the event.", "Lead it elsewhere.");
        if (node is EndEvent or ServiceTask { Shape: TaskShape.EndEvent } && model.Outgoing(node.Id).Any())
            findings.Refuse(node.Id, "A sequence flow leaves the end event.", "Remove it.");
        if (
            node is StartEvent or BoundaryEvent or ExclusiveGateway or ParallelGateway
            && !model.Outgoing(node.Id).Any()
        )
            findings.Refuse(node.Id, "No sequence flow leaves it.", "Draw where it goes on.");
    }

    private static void Boundary(
        ProcessModel model,
        BoundaryEvent boundary,
        Dictionary<(string Activity, ErrorEventDefinition Error), string> taken,
        Findings findings
    )
    {
        var host = model.Nodes.GetValueOrDefault(boundary.AttachedTo);
        if (host is not (ServiceTask { Shape: TaskShape.Activity } or MessageCatch or UnreadNode))
            findings.Refuse(boundary.Id, "The boundary event is on nothing that waits.", "Attach it to a task.");
        if (boundary.EventDefinition is not ErrorEventDefinition error)
            return;
        if (host is MessageCatch)
            findings.Refuse(boundary.Id, "A receive task raises no errors.", "Attach the event to a service task.");
        if (!taken.TryAdd((boundary.AttachedTo, error), boundary.Id))
            findings.Refuse(
                boundary.Id,
                $"\"{taken[(boundary.AttachedTo, error)]}\" takes the same errors.",
                "Keep one of the two."
            );
    }

    private static void Gateway(ProcessModel model, ExclusiveGateway gateway, Findings findings)
    {
        var outgoing = model.Outgoing(gateway.Id).ToList();
        if (gateway.Default is { } name && outgoing.TrueForAll(flow => flow.Id != name))
            findings.Refuse(gateway.Id, $"The default flow \"{name}\" does not leave the gateway.", "Choose another.");
        if (outgoing.Count < 2)
            return;
        foreach (var flow in outgoing.Where(flow => flow.Condition is null && flow.Id != gateway.Default))
            findings.Refuse(
                flow.Id,
                $"The flow leaves the exclusive gateway \"{gateway.Id}\" without a condition.",
                "Write a condition, or make it the default flow."
            );
    }
}
