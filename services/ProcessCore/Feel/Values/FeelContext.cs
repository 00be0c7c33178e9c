using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>Named values in their order.</summary>
internal abstract class FeelContext : FeelValue
{
    public static readonly FeelContext Empty = new FeelEntries([]);

    public override string TypeName => "context";

    public abstract int Count { get; }

    public abstract IEnumerable<KeyValuePair<string, FeelValue>> Entries { get; }

    /// <summary>The value, or null when there is no such entry.</summary>
    public abstract FeelValue? Find(string name);
}

/// <summary>A context that an expression made.</summary>
internal sealed class FeelEntries(OrderedDictionary<string, FeelValue> entries) : FeelContext
{
    public override int Count => entries.Count;

    public override IEnumerable<KeyValuePair<string, FeelValue>> Entries => entries;

    public override FeelValue? Find(string name) => entries.GetValueOrDefault(name);
}

/// <summary>A JSON object, converted only as far as it is read.</summary>
internal sealed class FeelJsonObject(JsonObject json) : FeelContext
{
    public JsonObject Json => json;

    public override int Count => json.Count;

    public override IEnumerable<KeyValuePair<string, FeelValue>> Entries =>
        json.Select(entry => KeyValuePair.Create(entry.Key, FeelJson.Read(entry.Value)));

    public override FeelValue? Find(string name) =>
        json.TryGetPropertyValue(name, out var node) ? FeelJson.Read(node) : null;
}
