using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>The entries of a context on top of a scope: those of a filtered item, or those written so far.</summary>
internal sealed class ContextScope(Scope outer, FeelContext context) : Scope(outer.Evaluation)
{
    public override FeelValue? Find(string name) => context.Find(name) ?? outer.Find(name);
}
