using System.Collections;
using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>The items of a JSON array, converted only as far as they are read.</summary>
internal sealed class JsonItems(JsonArray array) : IReadOnlyList<FeelValue>
{
    public JsonArray Json => array;

    public int Count => array.Count;

    public FeelValue this[int index] => FeelJson.Read(array[index]);

    public IEnumerator<FeelValue> GetEnumerator() => array.Select(FeelJson.Read).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
