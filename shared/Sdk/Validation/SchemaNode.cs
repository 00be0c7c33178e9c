using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>What a compiled schema says of a value.</summary>
internal sealed class SchemaNode
{
    /// <summary>Of a reference: what it leads to, which may be a record around it.</summary>
    public SchemaNode? Target { get; set; }

    /// <summary>Null for any.</summary>
    public HashSet<string>? Types { get; set; }

    /// <summary>Whether null is taken, besides by what a reference leads to.</summary>
    public bool TakesNull { get; set; } = true;

    public bool MayBeNull => Target is null ? TakesNull : TakesNull || Target.MayBeNull;

    public SchemaField[] Fields { get; set; } = [];

    public SchemaField[] Required { get; set; } = [];

    /// <summary>Of fields without a name in the record; null for anything.</summary>
    public SchemaNode? Further { get; set; }

    /// <summary>Whether there must be no other fields.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Of a list; null for anything.</summary>
    public SchemaNode? Entry { get; set; }

    public SchemaNode[] AnyOf { get; set; } = [];

    public JsonElement[]? OneOf { get; set; }

    public JsonElement[] NoneOf { get; set; } = [];

    /// <summary>Of a text, what gives it its form: a number, a date.</summary>
    public SchemaText? Text { get; set; }

    /// <summary>What is checked once the form is right.</summary>
    public SchemaBounds? Bounds { get; set; }

    /// <summary>Reads a form that has a converter, whose sentence is the one to be said. Null for none.</summary>
    public Type? Form { get; set; }

    /// <summary>What is expected there, in words.</summary>
    public string Expected { get; set; } = "another kind of value";

    /// <summary>The first thing that has the wrong form; rules that are broken are collected.</summary>
    public InputFault? Check(JsonElement value, ref List<InputFault>? broken)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return MayBeNull ? null : new InputFault($" is null: {(Target ?? this).Expected} is expected.");
        if (Target is not null)
            return Target.Check(value, ref broken);
        if (!Fits(value))
            return Misfit(value);
        if (Bounds?.Broken(value) is { } rule)
            (broken ??= []).Add(new InputFault(rule));
        if (NoneOf.Length > 0 && Contains(NoneOf, value))
            (broken ??= []).Add(new InputFault($" must be none of {string.Join(", ", NoneOf)}."));
        if (Form is not null)
            return FitsAsAWhole(value) ? null : Misfit(value);
        return CheckWithin(value, ref broken);
    }

    private InputFault? CheckWithin(JsonElement value, ref List<InputFault>? broken) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => CheckFields(value, ref broken),
            JsonValueKind.Array => CheckEntries(value, ref broken),
            _ => null,
        };

    // Its converter speaks for all of it.
    private bool FitsAsAWhole(JsonElement value)
    {
        List<InputFault>? broken = null;
        return CheckWithin(value, ref broken) is null && broken is null;
    }

    private bool Fits(JsonElement value)
    {
        if (Types is not null && !Types.Contains(TypeOf(value)) && !(IsNumber(value) && Types.Contains("integer")))
            return false;
        if (OneOf is not null && !Contains(OneOf, value))
            return false;
        if (AnyOf.Length > 0 && !FitsAny(value))
            return false;
        return value.ValueKind switch
        {
            JsonValueKind.Number => Types is null
                || (SchemaNumber.IsFinite(value) && (!MustBeWhole || SchemaNumber.IsWhole(value))),
            JsonValueKind.String => (Text is null || Text.Fits(value))
                && (Bounds is not { TextsAreNumbers: true } || SchemaNumber.IsFinite(value)),
            _ => true,
        };
    }

    private bool MustBeWhole => Types is not null && Types.Contains("integer") && !Types.Contains("number");

    private bool FitsAny(JsonElement value)
    {
        foreach (var one in AnyOf)
        {
            List<InputFault>? broken = null;
            if (one.Check(value, ref broken) is null && broken is null)
                return true;
        }

        return false;
    }

    private InputFault Misfit(JsonElement value) => new($" does not fit: {Sentence(value)}");

    private string Sentence(JsonElement value)
    {
        try
        {
            if (Form is not null)
                value.Deserialize(Form, InputJson.Options);
        }
        catch (JsonMisfitException e)
        {
            return e.Message;
        }

        return $"{Expected} is expected.";
    }

    private InputFault? CheckFields(JsonElement value, ref List<InputFault>? broken)
    {
        foreach (var member in value.EnumerateObject())
        {
            var field = Find(member);
            if (field is null && IsClosed)
                return new InputFault(
                    $" is not known. Known are: {string.Join(", ", Fields.Select(one => one.Name))}."
                ).Within(new InputStep(member));
            if (Step(field?.Node ?? Further, member.Value, new InputStep(member), ref broken) is { } fault)
                return fault;
        }

        foreach (var required in Required)
        {
            if (!value.TryGetProperty(required.Utf8, out _))
                return Missing(value);
        }

        return null;
    }

    private InputFault Missing(JsonElement value) =>
        new(
            " lacks what is required: "
                + string.Join(", ", Required.Select(one => one.Name).Where(name => !value.TryGetProperty(name, out _)))
                + "."
        );

    private InputFault? CheckEntries(JsonElement value, ref List<InputFault>? broken)
    {
        var index = 0;
        foreach (var entry in value.EnumerateArray())
        {
            if (Step(Entry, entry, new InputStep(index++), ref broken) is { } fault)
                return fault;
        }

        return null;
    }

    private static InputFault? Step(SchemaNode? node, JsonElement value, InputStep step, ref List<InputFault>? broken)
    {
        if (node is null)
            return null;
        var before = broken?.Count ?? 0;
        var fault = node.Check(value, ref broken)?.Within(step);
        for (var i = before; i < broken?.Count; i++)
            broken[i].Within(step);
        return fault;
    }

    private SchemaField? Find(JsonProperty member)
    {
        foreach (var field in Fields)
        {
            if (member.NameEquals(field.Utf8))
                return field;
        }

        return null;
    }

    private static bool Contains(JsonElement[] values, JsonElement value)
    {
        foreach (var one in values)
        {
            if (JsonElement.DeepEquals(one, value))
                return true;
        }

        return false;
    }

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static string TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "null",
        };
}
