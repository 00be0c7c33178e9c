using System.Text.Json.Nodes;

namespace Integration.Fixtures;

/// <summary>A member of an object or an entry of a list.</summary>
internal sealed record InputBodyPlace(JsonNode Parent, string Name, int Index)
{
    public void Set(JsonNode? value)
    {
        if (Parent is JsonObject members)
            members[Name] = value;
        else
            Parent.AsArray()[Index] = value;
    }

    public void Remove()
    {
        if (Parent is JsonObject members)
            members.Remove(Name);
        else
            Parent.AsArray().RemoveAt(Index);
    }

    public void Add(JsonNode? value)
    {
        if (Parent is JsonObject members)
            members[$"{Name}2"] = value;
        else
            Parent.AsArray().Add(value);
    }
}
