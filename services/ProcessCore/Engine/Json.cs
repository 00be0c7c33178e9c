using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Engine;

/// <summary>JSON values that outlive the document they came from.</summary>
internal static class Json
{
    /// <summary>No variables.</summary>
    public static readonly IReadOnlyDictionary<string, JsonElement> NoMembers = new Dictionary<string, JsonElement>(
        StringComparer.Ordinal
    );

    /// <summary><c>{}</c>.</summary>
    public static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    /// <summary>An object of these members.</summary>
    public static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary><c>null</c>.</summary>
    public static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>A text.</summary>
    public static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, StateJson.Default.String);

    /// <summary>A value as FEEL reads it; the node is a view of the element.</summary>
    public static JsonNode? ToNode(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            _ => JsonValue.Create(element),
        };

    /// <summary>A value as FEEL gives it.</summary>
    public static JsonElement FromNode(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary><paramref name="whole"/> with the member at <paramref name="path"/> set, everything else kept.</summary>
    public static JsonElement With(JsonElement? whole, ReadOnlySpan<string> path, JsonElement value)
    {
        if (path.Length == 0)
            return value;
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (whole is { ValueKind: JsonValueKind.Object } parent)
        {
            foreach (var member in parent.EnumerateObject())
                members[member.Name] = member.Value;
        }

        JsonElement? child = members.TryGetValue(path[0], out var existing) ? existing : null;
        members[path[0]] = With(child, path[1..], value);
        return Object(members);
    }
}
