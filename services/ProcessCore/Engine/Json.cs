using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Engine;

/// <summary>JSON values that outlive the document they came from.</summary>
internal static class Json
{
    /// <summary>How deep a computed value may be: readers take 64, and there is something around it.</summary>
    public const int Depth = 40;

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

        // What is put in may have come from outside, as deep as a message may be.
        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 256 });
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

    /// <summary>
    /// A value as FEEL gives it, at most <see cref="Depth"/> deep: a loop that wraps a variable into itself would otherwise
    /// end in JSON that no reader takes.
    /// </summary>
    /// <exception cref="JsonException">It is deeper.</exception>
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

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = Depth });
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
