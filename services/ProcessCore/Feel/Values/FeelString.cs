namespace Integration.ProcessCore.Feel.Values;

internal sealed class FeelString(string value) : FeelValue
{
    public string Value => value;

    public override string TypeName => "string";

    public override string ToString() => value;
}
