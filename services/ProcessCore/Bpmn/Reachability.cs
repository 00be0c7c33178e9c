using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>An element that no token can reach is a mistake in the drawing.</summary>
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
            findings.Refuse(node, "No sequence flow leads here from a start event.", "Connect it, or remove it.");
    }

    /// <summary>What was refused might lead anywhere: it must not make its neighbours look wrong.</summary>
    private static bool Begins(ProcessModel model, FlowNode node) =>
        node is StartEvent or UnreadNode
        || (node is BoundaryEvent boundary && !model.Nodes.ContainsKey(boundary.AttachedTo));
}
