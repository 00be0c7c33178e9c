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

    /// <summary>Elements for wildcards.</summary>
    public List<GivenAny> Any { get; } = [];

    /// <summary>The properties in the order in which their elements are to stand; null for that of the schema.</summary>
    public List<PropertyShape>? Order { get; set; }

    public int Count(PropertyShape property) => Values[property.Index]?.Count ?? 0;

    public void Add(PropertyShape property, JsonElement value, JsonPath path) =>
        (Values[property.Index] ??= []).Add((value, path));
}

/// <summary>An element for a wildcard.</summary>
/// <param name="Namespace">Its own.</param>
/// <param name="Xml">As XML; null for one that the schema knows.</param>
/// <param name="Element">As the schema knows it; null for XML.</param>
/// <param name="Value">Its content, for one that the schema knows.</param>
/// <param name="Path">Where it stands.</param>
internal readonly record struct GivenAny(
    string Namespace,
    string? Xml,
    ElementShape? Element,
    JsonElement Value,
    JsonPath Path
);
