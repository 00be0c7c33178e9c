namespace Integration.ProcessCore.Feel.Values;

/// <summary>A value of the language; immutable.</summary>
internal abstract class FeelValue
{
    /// <summary>The name that <c>instance of</c> knows the type by.</summary>
    public abstract string TypeName { get; }

    /// <summary>What <c>value.name</c> gives for a built-in property such as <c>year</c>; null when there is none.</summary>
    public virtual FeelValue? Property(string name) => null;
}
