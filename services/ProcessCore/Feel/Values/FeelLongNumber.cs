using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>
/// A number that a decimal cannot hold exactly: too large, too small or with too many digits. It is passed on as it was written and can
/// be compared; to compute with it would give another number.
/// </summary>
internal sealed class FeelLongNumber(DecimalText value, JsonValue source) : FeelValue
{
    private const int LongestPlain = 200;

    public DecimalText Value => value;

    /// <summary>As it was written.</summary>
    public JsonValue Source => source;

    public override string TypeName => "number";

    public override string ToString() => value.ToPlain(LongestPlain) ?? source.ToJsonString();
}
