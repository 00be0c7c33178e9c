using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>An element that no token can reach is a mistake in the drawing.</summary>
internal static class Reachability
{
    public static void Check(ProcessModel model, Findings findings)
    {
        // What could not be read might lead anywhere: it must not make its neighbours look wrong.
        var starts = model.Nodes.Values.Where(node => node is StartEvent or UnreadNode).Select(start => start.Id);
        var waiting = new Stack<string>(starts);
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
}
