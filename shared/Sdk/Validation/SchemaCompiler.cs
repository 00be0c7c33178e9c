using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// The part of JSON Schema (2020-12) that says what inputs are, as <see cref="SchemaNode"/>s. A keyword that would not be checked is
/// refused: a rule that silently does nothing is worse than none.
/// </summary>
internal sealed class SchemaCompiler(JsonElement schema, string operation)
{
    private static readonly HashSet<string> _known = new(
        (
            "$ref $defs type enum const properties required additionalProperties items anyOf not minimum maximum "
            + "exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems minProperties maxProperties pattern "
            + "format $schema $id $comment title description default examples deprecated readOnly writeOnly"
        ).Split(' '),
        StringComparer.Ordinal
    );

    // By the place of what a reference leads to: a record may hold itself.
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    public SchemaNode Compile() => At("#", schema);

    private SchemaNode At(string place, JsonElement source)
    {
        if (_nodes.TryGetValue(place, out var node))
            return node;
        _nodes[place] = node = new SchemaNode();
        if (source.ValueKind == JsonValueKind.True)
            return node;
        if (source.ValueKind != JsonValueKind.Object)
            throw Refused(place, "an object is expected there.");
        foreach (var keyword in source.EnumerateObject())
        {
            if (!_known.Contains(keyword.Name) && !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
                throw Refused(
                    place,
                    $"'{keyword.Name}' would not be checked. Say it with other keywords, or in {SchemaForms.Checks}."
                );
        }

        try
        {
            Fill(node, place, source);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or RegexParseException)
        {
            throw Refused(place, e.Message);
        }

        return node;
    }

    private void Fill(SchemaNode node, string place, JsonElement source)
    {
        if (source.TryGetProperty("$ref", out var reference))
        {
            node.Target = Follow(place, reference.GetString()!);
            node.TakesNull = false;
            return;
        }

        if (source.TryGetProperty("anyOf", out var several))
            FillAnyOf(node, place, several);
        if (source.TryGetProperty("type", out var types))
            node.Types = [.. Texts(types)];
        if (source.TryGetProperty("const", out var only))
            node.OneOf = [only];
        if (source.TryGetProperty("enum", out var choices))
            node.OneOf = [.. choices.EnumerateArray()];
        if (source.TryGetProperty("not", out var not))
            node.NoneOf = not.TryGetProperty("enum", out var none)
                ? [.. none.EnumerateArray()]
                : throw Refused($"{place}/not", "only an enum can be denied.");
        FillRecord(node, place, source);
        if (source.TryGetProperty("items", out var items))
            node.Entry = At($"{place}/items", items);
        FillRules(node, source);
        node.TakesNull &=
            node.Types?.Contains("null") != false
            && (node.OneOf is null || node.OneOf.Any(one => one.ValueKind == JsonValueKind.Null))
            && (node.AnyOf.Length == 0 || node.AnyOf.Any(one => one.MayBeNull));
        node.Expected = SchemaWords.Expected(node, source);
    }

    /// <summary>One of several; a reference that may be null as well is the usual case.</summary>
    private void FillAnyOf(SchemaNode node, string place, JsonElement several)
    {
        SchemaNode[] all = [.. several.EnumerateArray().Select((one, i) => At($"{place}/anyOf/{i}", one))];
        var others = all.Where(one => one.Types is not { Count: 1 } types || !types.Contains("null")).ToList();
        if (others is [var other])
        {
            node.Target = other;
            node.TakesNull = others.Count < all.Length;
        }

        node.AnyOf = all;
    }

    private void FillRecord(SchemaNode node, string place, JsonElement source)
    {
        if (source.TryGetProperty("properties", out var fields))
            node.Fields =
            [
                .. fields
                    .EnumerateObject()
                    .Select(field => new SchemaField(
                        field.Name,
                        At($"{place}/properties/{Escaped(field.Name)}", field.Value)
                    )),
            ];
        if (source.TryGetProperty("required", out var required))
            node.Required =
            [
                .. Texts(required)
                    .Select(name =>
                        node.Fields.FirstOrDefault(field => field.Name == name)
                        ?? new SchemaField(name, new SchemaNode())
                    ),
            ];
        if (source.TryGetProperty("additionalProperties", out var further))
        {
            node.IsClosed = further.ValueKind == JsonValueKind.False;
            node.Further = node.IsClosed ? null : At($"{place}/additionalProperties", further);
        }

        if (node.Fields is [{ Name: "$file" }])
            node.Form = typeof(FileReference);
    }

    private static void FillRules(SchemaNode node, JsonElement source)
    {
        var format = source.TryGetProperty("format", out var named) ? named.GetString() : null;
        var pattern = source.TryGetProperty("pattern", out var written) ? written.GetString() : null;
        var numbers = node.Types is not null && (node.Types.Contains("number") || node.Types.Contains("integer"));
        var text = format is null && pattern is null ? null : new SchemaText(Expression(pattern), format);
        // A text that is a number, a moment or a form of its own is one by its pattern; of any other it is a rule.
        var ofTheForm = numbers || format is not null || source.TryGetProperty(SchemaForms.WrittenAs, out _);
        if (ofTheForm)
            node.Text = text;
        if (format == "date-time")
            node.Form = typeof(DateTimeOffset);
        node.Bounds = new SchemaBounds
        {
            Least = Number(source, "minimum"),
            Most = Number(source, "maximum"),
            Above = Number(source, "exclusiveMinimum"),
            Below = Number(source, "exclusiveMaximum"),
            Length = Sizes(source, "minLength", "maxLength"),
            Items = Sizes(source, "minItems", "maxItems"),
            Properties = Sizes(source, "minProperties", "maxProperties"),
            Text = ofTheForm ? null : text,
            Pattern = pattern,
            TextsAreNumbers = numbers,
        };
    }

    // In .NET the sign for the end also takes a line break behind it.
    private static Regex? Expression(string? pattern) =>
        pattern is null
            ? null
            : new Regex(
                pattern.EndsWith('$') && !pattern.EndsWith(@"\$", StringComparison.Ordinal)
                    ? $@"{pattern[..^1]}\z"
                    : pattern,
                RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1)
            );

    private SchemaNode Follow(string place, string reference) =>
        reference == place ? throw Refused(place, "the reference leads to itself.")
        : reference.StartsWith('#') && JsonPointer.Find(schema, reference[1..]) is { } target ? At(reference, target)
        : throw Refused(place, $"'{reference}' leads to nothing in the schema.");

    private static decimal? Number(JsonElement source, string keyword) =>
        source.TryGetProperty(keyword, out var number) ? SchemaNumber.Of(number) : null;

    private static SchemaSizes Sizes(JsonElement source, string least, string most) =>
        new(
            source.TryGetProperty(least, out var from) ? from.GetInt32() : null,
            source.TryGetProperty(most, out var to) ? to.GetInt32() : null
        );

    private static IEnumerable<string> Texts(JsonElement oneOrMore) =>
        oneOrMore.ValueKind == JsonValueKind.Array
            ? oneOrMore.EnumerateArray().Select(one => one.GetString()!)
            : [oneOrMore.GetString()!];

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private ArgumentException Refused(string place, string problem) =>
        new($"The inputs of {operation} cannot be checked by their schema: at {place}, {problem}", nameof(place));
}
