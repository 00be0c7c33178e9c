using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>What names refer to at one place of an expression; inner scopes hide outer ones.</summary>
internal abstract class Scope(Evaluation evaluation)
{
    public Evaluation Evaluation => evaluation;

    /// <summary>The value, or null when nothing has that name.</summary>
    public abstract FeelValue? Find(string name);
}
