namespace Integration.ProcessCore.Feel.Values;

internal sealed class FeelList(IReadOnlyList<FeelValue> items) : FeelValue
{
    public static readonly FeelList Empty = new([]);

    public IReadOnlyList<FeelValue> Items => items;

    public override string TypeName => "list";

    /// <summary>A list as it is, anything else as the only item: the language's coercion.</summary>
    public static IReadOnlyList<FeelValue> ItemsOf(FeelValue value) => value is FeelList list ? list.Items : [value];
}
