using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>One name on top of a scope: an iterator, a parameter, <c>item</c> or <c>?</c>.</summary>
internal sealed class BindingScope(Scope outer, string name, FeelValue value) : Scope(outer.Evaluation)
{
    public override FeelValue? Find(string wanted) => wanted == name ? value : outer.Find(wanted);
}
