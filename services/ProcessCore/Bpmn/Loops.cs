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
        var walk = new Walk(model);
        foreach (var gateway in model.Nodes.Values.Where(IsGateway))
            walk.From(gateway.Id);
        foreach (var gateway in model.Nodes.Values.Where(node => walk.InLoop.Contains(node.Id)))
            findings.Refuse(
                gateway.Id,
                "It is part of a loop in which nothing waits.",
                "Put a task, a timer or a message into the loop."
            );
    }

    /// <summary>
    /// Finds the gateways that reach themselves, each flow looked at once (Tarjan's strongly connected components, without calling
    /// itself: a chain of gateways may be as long as a file).
    /// </summary>
    private sealed class Walk(ProcessModel model)
    {
        private readonly Dictionary<string, (int Index, int Low)> _seen = new(StringComparer.Ordinal);
        private readonly Stack<string> _component = new();
        private readonly HashSet<string> _inComponent = new(StringComparer.Ordinal);
        private readonly Stack<(string Node, IEnumerator<SequenceFlow> Flows)> _path = new();

        public HashSet<string> InLoop { get; } = new(StringComparer.Ordinal);

        public void From(string start)
        {
            if (_seen.ContainsKey(start))
                return;
            Enter(start);
            while (_path.TryPeek(out var step))
            {
                if (!step.Flows.MoveNext())
                    Leave(step.Node);
                else if (model.Nodes.GetValueOrDefault(step.Flows.Current.Target) is { } next && IsGateway(next))
                    Follow(step.Node, next.Id);
            }
        }

        private void Follow(string node, string target)
        {
            if (target == node)
                InLoop.Add(node);
            if (!_seen.TryGetValue(target, out var other))
                Enter(target);
            else if (_inComponent.Contains(target))
                Lower(node, other.Index);
        }

        private void Enter(string node)
        {
            _seen[node] = (_seen.Count, _seen.Count);
            _component.Push(node);
            _inComponent.Add(node);
            _path.Push((node, model.Outgoing(node).GetEnumerator()));
        }

        private void Leave(string node)
        {
            _path.Pop();
            var (index, low) = _seen[node];
            if (_path.TryPeek(out var before))
                Lower(before.Node, low);
            if (index != low)
                return;
            // Its first one: what is above it on the stack reaches it, and it reaches them.
            var isLoop = _component.Peek() != node;
            string member;
            do
            {
                member = _component.Pop();
                _inComponent.Remove(member);
                if (isLoop)
                    InLoop.Add(member);
            } while (member != node);
        }

        private void Lower(string node, int to)
        {
            var (index, low) = _seen[node];
            _seen[node] = (index, Math.Min(low, to));
        }
    }

    private static bool IsGateway(FlowNode node) =>
        node is ExclusiveGateway or ParallelGateway or PassThrough or ScriptTask;
}
