using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>The schemas of single values, as <see cref="InputJson"/> reads them and the serializer writes them.</summary>
internal static class SchemaForms
{
    /// <summary>What the values of an enumeration mean, by value.</summary>
    public const string Choices = "x-choices";

    /// <summary>What is checked besides and a schema cannot say: a list of sentences.</summary>
    public const string Checks = "x-checks";

    /// <summary>Marks a field in which secrets may be named.</summary>
    public const string Secrets = "x-may-hold-secrets";

    /// <summary>What fields belong to, where a page shows them together.</summary>
    public const string Group = "x-group";

    /// <summary>How a value of a form of its own is written, in words.</summary>
    public const string WrittenAs = "x-written-as";

    // The format says so as well, and many validators do not look at it.
    private const string Moment =
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

    /// <summary>Completes what the type has yielded.</summary>
    public static void Complete(Type type, JsonObject schema, bool ofOutputs)
    {
        if (type.IsEnum)
            AddChoices(type, schema);
        else if (!ofOutputs && InputNumbers.Covers(type))
            AddNumbers(type, schema);
        else if (type == typeof(DateTimeOffset))
            schema["pattern"] = Moment;
    }

    /// <summary>Of a type with a converter of its own; null for any other.</summary>
    public static JsonObject? OfConverter(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.None || info.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly)
            return null;
        var form = info.Type.GetCustomAttribute<WrittenAsAttribute>();
        var schema = form?.Schema is { } written
            ? JsonNode.Parse(written)!.AsObject()
            : new JsonObject { [Checks] = new JsonArray("It has a form of its own, which this schema leaves open.") };
        if (form is not null)
            schema[WrittenAs] = form.Words;
        return schema;
    }

    private static void AddChoices(Type type, JsonObject schema)
    {
        schema["enum"] = new JsonArray([.. InputChoices.Names(type).Select(name => (JsonNode?)name)]);
        var meanings = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field =>
                (
                    Name: InputChoices.Name(field.GetValue(null)!, type),
                    Meaning: DocComments.Of(type.Assembly).Summary(field, DocStyle.Markdown)
                )
            )
            .Where(choice => choice.Meaning.Length > 0)
            .ToList();
        if (meanings.Count > 0)
            schema[Choices] = new JsonObject(
                meanings.Select(choice => KeyValuePair.Create(choice.Name, (JsonNode?)choice.Meaning))
            );
    }

    private static void AddNumbers(Type type, JsonObject schema)
    {
        var whole = InputNumbers.IsWhole(type);
        schema["pattern"] = whole ? InputNumbers.WholePattern : InputNumbers.Pattern;
        if (!whole && type != typeof(decimal))
            return;
        schema["minimum"] = Limit(type, nameof(int.MinValue));
        schema["maximum"] = Limit(type, nameof(int.MaxValue));
    }

    private static JsonNode Limit(Type type, string name) =>
        JsonSerializer.SerializeToNode(type.GetField(name)!.GetValue(null))!;
}
