namespace Integration.ProcessCore.Feel.Values;

/// <summary>No value.</summary>
internal sealed class FeelNull : FeelValue
{
    public static readonly FeelNull Value = new();

    private FeelNull() { }

    public override string TypeName => "null";
}
