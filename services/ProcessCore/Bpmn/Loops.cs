using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// A loop of gateways alone would run without end in one step, for nothing in it waits or changes a variable.
/// Refusing it here spares the engine a limit.
/// </summary>
internal static class Loops
{
    public static void Check(ProcessModel model, Findings findings)
    {
        foreach (var gateway in model.Nodes.Values.Where(IsGateway))
        {
            if (ReachesItself(model, gateway.Id))
                findings.Refuse(
                    gateway.Id,
                    "The gateway is part of a loop in which nothing waits.",
                    "Put a task, a timer or a message into the loop."
                );
        }
    }

    private static bool ReachesItself(ProcessModel model, string origin)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([origin]);
        while (waiting.TryPop(out var node))
        {
            foreach (var target in model.Outgoing(node).Select(flow => flow.Target))
            {
                if (target == origin)
                    return true;
                if (model.Nodes.GetValueOrDefault(target) is { } next && IsGateway(next) && seen.Add(target))
                    waiting.Push(target);
            }
        }

        return false;
    }

    private static bool IsGateway(FlowNode node) => node is ExclusiveGateway or ParallelGateway;
}
