using System.Text.Json;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>What an object in JSON gives for the content of a type, sorted by property.</summary>
/// <param name="type">The type.</param>
internal sealed class Given(ComplexShape type)
{
    /// <summary>By <see cref="PropertyShape.Index"/>; null where there is none.</summary>
    public List<(JsonElement Value, JsonPath Path)>?[] Values { get; } =
        new List<(JsonElement, JsonPath)>?[type.Properties.Count];

    /// <summary>Elements for wildcards, as XML.</summary>
    public List<(string Xml, JsonPath Path)> Any { get; } = [];

    /// <summary>The properties in the order in which their elements are to stand; null for that of the schema.</summary>
    public List<PropertyShape>? Order { get; set; }

    public int Count(PropertyShape property) => Values[property.Index]?.Count ?? 0;

    public void Add(PropertyShape property, JsonElement value, JsonPath path) =>
        (Values[property.Index] ??= []).Add((value, path));
}
