namespace Integration.ProcessCore.Feel.Values;

/// <summary>No value.</summary>
internal sealed class FeelNull : FeelValue
{
    public static readonly FeelNull Value = new();

    /// <summary>What a name that refers to nothing gives: null for everyone but <c>is defined</c>.</summary>
    public static readonly FeelNull Missing = new();

    private FeelNull() { }

    public override string TypeName => "null";
}
