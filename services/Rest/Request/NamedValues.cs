using System.Text.Json;

namespace Integration.Rest.Request;

/// <summary>Query parameters and fields of a form: a list repeats its name, null is left out.</summary>
internal static class NamedValues
{
    public static IEnumerable<(string Name, string Value)> Of(
        IReadOnlyDictionary<string, JsonElement>? values,
        string place
    )
    {
        if (values is null)
            yield break;
        foreach (var (name, value) in values)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    yield return (name, Scalar.Text(item, $"{place}.{name}[{index++}]"));
            }
            else if (value.ValueKind != JsonValueKind.Null)
            {
                yield return (name, Scalar.Text(value, $"{place}.{name}"));
            }
        }
    }
}
