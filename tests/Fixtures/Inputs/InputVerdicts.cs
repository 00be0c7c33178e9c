using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Integration.Sdk;
using Json.Schema;
using Shouldly;

namespace Integration.Fixtures;

/// <summary>
/// What the schema of an operation's contract says of inputs, what the reader of its class says, and what the validator for operations
/// that are data says: the same. Two things a schema cannot say, and they are held against what the contract says instead: a number in
/// a text counts as the number; and what stands in <c>x-checks</c> is checked besides.
/// </summary>
public sealed class InputVerdicts
{
    private static readonly EvaluationOptions _evaluation = new() { RequireFormatValidation = true };

    private readonly OperationDescription _operation;
    private readonly InputSchema _inputs;
    private readonly JsonSchema _schema;
    private readonly InputValidator _validator;
    private readonly HashSet<string> _checkedBesides;

    /// <summary>Of this operation.</summary>
    public InputVerdicts(OperationDescription operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _operation = operation;
        var contract = operation.Contract;
        _inputs = new InputSchema(contract.Inputs, contract.Inputs);
        _schema = JsonSchema.FromText(contract.Inputs.GetRawText());
        _validator = InputValidator.Of(contract);
        _checkedBesides = [.. CheckedBesides(contract.Inputs, "")];
    }

    /// <summary>Generated inputs; returns how many were taken and how many refused.</summary>
    public (int Taken, int Refused) AgreeOnGenerated(int seed, int count)
    {
        var bodies = InputBodies
            .Of(_operation.Contract.Inputs)
            .Sample(size: 30, seed: new Rnd((ulong)seed, 1), numberOfSamples: count)
            .ToList();
        Disagreements(bodies.Select(body => body.Json)).ShouldBeEmpty($"{_operation.Name}, seed {seed}");
        bodies
            .Where(body => body.Changes == 1)
            .Select(body => OtherWords(body.Json))
            .FirstOrDefault(words => words is not null)
            .ShouldBeNull($"{_operation.Name}, seed {seed}");
        var taken = bodies.Count(body => _operation.Check(JsonElement.Parse(body.Json)) is null);
        return (taken, bodies.Count - taken);
    }

    /// <summary>Every value at every place of inputs with all fields; returns how many inputs there were.</summary>
    public int AgreeOnEveryValueEverywhere()
    {
        var bodies = InputBodies.EveryValueEverywhere(_operation.Contract.Inputs).ToList();
        Disagreements(bodies).ShouldBeEmpty(_operation.Name);
        return bodies.Count;
    }

    private string Disagreements(IEnumerable<string> bodies) =>
        string.Join('\n', bodies.Select(Disagreement).Where(one => one is not null).Take(10));

    private string? Disagreement(string json)
    {
        var inputs = JsonElement.Parse(json);
        var reader = _operation.Check(inputs);
        var validator = _validator.Check(inputs);
        var schema = _schema.Evaluate(WithNumbers(json), _evaluation).IsValid;
        // The words beside the schema say that there is more to it.
        if (reader is not null && schema && validator is null && IsCheckedBesides(reader))
            return null;
        return (reader is null) == schema && (validator is null) == schema
            ? null
            : $"schema: {(schema ? "yes" : "no")}, reader: {reader ?? "yes"}, validator: {validator ?? "yes"}, of {json}";
    }

    // The sentences that name a field and the way out are the same from both.
    private string? OtherWords(string json)
    {
        var inputs = JsonElement.Parse(json);
        var reader = _operation.Check(inputs);
        return
            reader is not null
            && _validator.Check(inputs) is { } validator
            && (reader.Contains(" lacks ") || reader.Contains(" is not known. ") || reader.Contains(" is null"))
            && reader != validator
            ? $"reader: {reader}, validator: {validator}, of {json}"
            : null;
    }

    private bool IsCheckedBesides(string refusal) =>
        _checkedBesides.Any(field => refusal.Contains($".{field}", StringComparison.Ordinal));

    private static IEnumerable<string> CheckedBesides(JsonElement schema, string field) =>
        schema.ValueKind switch
        {
            JsonValueKind.Object => schema
                .EnumerateObject()
                .SelectMany(member =>
                    member.Name == "x-checks" ? [field]
                    : member.Name is "properties"
                        ? member.Value.EnumerateObject().SelectMany(one => CheckedBesides(one.Value, one.Name))
                    : CheckedBesides(member.Value, field)
                ),
            JsonValueKind.Array => schema.EnumerateArray().SelectMany(one => CheckedBesides(one, field)),
            _ => [],
        };

    private JsonElement WithNumbers(string json)
    {
        var node = JsonNode.Parse(json);
        return JsonSerializer.SerializeToElement(WithNumbers(node, _inputs));
    }

    private static JsonNode? WithNumbers(JsonNode? node, InputSchema schema)
    {
        schema = schema.Target;
        if (node is JsonValue value && value.TryGetValue<string>(out var text))
            return
                schema.TakesNumbersAsTexts
                && schema.Matches(text)
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : node;
        if (node is JsonObject members)
        {
            var fields = schema.Fields.ToDictionary(field => field.Name, field => field.Schema, StringComparer.Ordinal);
            foreach (var (name, member) in members.ToList())
            {
                var inner = fields.TryGetValue(name, out var field) ? field : schema.Within("additionalProperties");
                if (
                    inner is { } known
                    && WithNumbers(member, known) is var counted
                    && !ReferenceEquals(counted, member)
                )
                    members[name] = counted;
            }
        }
        else if (node is JsonArray entries && schema.Within("items") is { } entry)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (WithNumbers(entries[i], entry) is var counted && !ReferenceEquals(counted, entries[i]))
                    entries[i] = counted;
            }
        }

        return node;
    }
}
