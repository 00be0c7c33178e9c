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
            JsonArray array => new FeelList(new JsonItems(array)),
            JsonValue value => Read(value),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.GetType(), "Unknown kind of JSON node."),
        };

    /// <summary>JSON with nodes of its own.</summary>
    public static JsonNode? Write(FeelValue value, Evaluation evaluation, int depth = 0)
    {
        Charge(evaluation, depth);
        evaluation.SpendOn(value);
        return value switch
        {
            FeelNull => null,
            FeelBoolean boolean => JsonValue.Create(boolean.Value),
            FeelNumber number => number.Source?.DeepClone() ?? JsonValue.Create(number.Value),
            FeelLongNumber number => number.Source.DeepClone(),
            FeelString text => JsonValue.Create(text.Value),
            FeelJsonObject context => Copy(context.Json, evaluation, depth),
            FeelList { Items: JsonItems items } => Copy(items.Json, evaluation, depth),
            FeelList list => new JsonArray([.. list.Items.Select(item => Write(item, evaluation, depth + 1))]),
            FeelContext context => new JsonObject(
                context.Entries.Select(entry =>
                    KeyValuePair.Create(entry.Key, Write(entry.Value, evaluation, depth + 1))
                )
            ),
            FeelDateTime dateTime => JsonValue.Create(dateTime.ToIso()),
            _ => JsonValue.Create(FeelText.Of(value, evaluation)),
        };
    }

    // Not by way of values: numbers that no decimal can hold stay what they are.
    private static JsonNode? Copy(JsonNode? node, Evaluation evaluation, int depth)
    {
        Charge(evaluation, depth);
        return node switch
        {
            JsonArray array => new JsonArray([.. array.Select(item => Copy(item, evaluation, depth + 1))]),
            JsonObject json => new JsonObject(
                json.Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value, evaluation, depth + 1)))
            ),
            _ => node?.DeepClone(),
        };
    }

    private static void Charge(Evaluation evaluation, int depth)
    {
        evaluation.Step();
        if (depth > FeelLimits.ResultNesting)
            throw new FeelEvaluationException(
                $"The result is nested more than {FeelLimits.ResultNesting} deep; return less of it."
            );
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

    // By its text: a number of JSON may be larger, smaller or longer than a decimal.
    private static FeelValue ReadNumber(JsonValue value) =>
        FeelNumber.Read(value.ToJsonString(), value) ?? FeelNull.Value;

    // Dates and the like, put into a node as such in code.
    private static string Unquote(JsonValue value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.GetString()!;
    }
}
