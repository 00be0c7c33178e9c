using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>Values from JSON and back.</summary>
internal static class FeelJson
{
    public static FeelValue Read(JsonNode? node) =>
        node switch
        {
            null => FeelNull.Value,
            JsonObject json => new FeelJsonObject(json),
            JsonArray array => new FeelList(array.Select(Read).ToArray()),
            JsonValue value => Read(value),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.GetType(), "Unknown kind of JSON node."),
        };

    /// <summary>JSON with nodes of its own.</summary>
    public static JsonNode? Write(FeelValue value, Evaluation evaluation)
    {
        evaluation.Step();
        return value switch
        {
            FeelNull => null,
            FeelBoolean boolean => JsonValue.Create(boolean.Value),
            FeelNumber number => JsonValue.Create(number.Value),
            FeelList list => new JsonArray([.. list.Items.Select(item => Write(item, evaluation))]),
            FeelJsonObject context => context.Json.DeepClone(),
            FeelContext context => new JsonObject(
                context.Entries.Select(entry => KeyValuePair.Create(entry.Key, Write(entry.Value, evaluation)))
            ),
            FeelDateTime dateTime => JsonValue.Create(dateTime.ToIso()),
            _ => JsonValue.Create(FeelText.Of(value, evaluation)),
        };
    }

    private static FeelValue Read(JsonValue value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.True => FeelBoolean.True,
            JsonValueKind.False => FeelBoolean.False,
            JsonValueKind.Number => ReadNumber(value),
            JsonValueKind.String => new FeelString(value.TryGetValue<string>(out var text) ? text : Unquote(value)),
            _ => FeelNull.Value,
        };

    // A node made in code holds an int or a double, from which TryGetValue makes no decimal.
    private static FeelValue ReadNumber(JsonValue value)
    {
        if (value.TryGetValue<decimal>(out var number))
            return new FeelNumber(number);
        return decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            ? new FeelNumber(number)
            : FeelNull.Value;
    }

    private static string Unquote(JsonValue value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.GetString()!;
    }
}
