using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>An element that no token can reach never happens, as in Camunda; unless something waits for it.</summary>
internal static class Reachability
{
    public static void Check(ProcessModel model, Findings findings)
    {
        var waiting = new Stack<string>(model.Nodes.Values.Where(node => Begins(model, node)).Select(node => node.Id));
        var reached = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out var node))
        {
            if (!reached.Add(node))
                continue;
            foreach (var flow in model.Outgoing(node))
                waiting.Push(flow.Target);
            foreach (var boundary in model.Boundaries(node))
                waiting.Push(boundary.Id);
        }

        foreach (var node in model.Nodes.Keys.Where(node => !reached.Contains(node)))
            findings.Note(node, "No sequence flow leads here from a start event: it never happens.");
        foreach (var flow in model.Flows.Where(flow => !reached.Contains(flow.Source) && reached.Contains(flow.Target)))
        {
            if (model.Nodes.GetValueOrDefault(flow.Target) is ParallelGateway)
                findings.Refuse(
                    flow.Target,
                    $"The parallel gateway waits for the flow \"{flow.Id}\", but no token can ever take it.",
                    $"Connect \"{flow.Source}\" with a start event, or remove it."
                );
        }
    }

    /// <summary>What was refused might lead anywhere: it must not make its neighbours look wrong.</summary>
    private static bool Begins(ProcessModel model, FlowNode node) =>
        node is StartEvent or UnreadNode
        || (node is BoundaryEvent boundary && !model.Nodes.ContainsKey(boundary.AttachedTo));
}
