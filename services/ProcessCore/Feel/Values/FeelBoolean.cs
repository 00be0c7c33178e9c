namespace Integration.ProcessCore.Feel.Values;

internal sealed class FeelBoolean : FeelValue
{
    public static readonly FeelBoolean True = new(true);
    public static readonly FeelBoolean False = new(false);

    private FeelBoolean(bool value) => Value = value;

    public bool Value { get; }

    public override string TypeName => "boolean";

    public static FeelBoolean Of(bool value) => value ? True : False;

    /// <summary>Three-valued logic: null where the truth is not known.</summary>
    public static FeelValue Of(bool? value) => value is { } known ? Of(known) : FeelNull.Value;
}
