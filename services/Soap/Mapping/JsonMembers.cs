using System.Text.Json.Nodes;

namespace Integration.Soap.Mapping;

/// <summary>Elements as members of an object, by name.</summary>
internal static class JsonMembers
{
    /// <summary>Adds one; those of one name become a list.</summary>
    /// <param name="target">The object.</param>
    /// <param name="name">Of the element.</param>
    /// <param name="value">Which may be a list itself.</param>
    /// <param name="repeated">The names of the lists that were made here; null for none yet.</param>
    public static void Add(JsonObject target, string name, JsonNode? value, ref HashSet<string>? repeated)
    {
        if (!target.TryGetPropertyValue(name, out var before))
        {
            target[name] = value;
        }
        else if ((repeated ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
        {
            target[name] = null;
            target[name] = new JsonArray(before, value);
        }
        else
        {
            ((JsonArray)before!).Add(value);
        }
    }
}
