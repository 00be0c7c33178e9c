using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Integration.Fixtures;

/// <summary>Inputs as a schema describes them, and with a few places changed.</summary>
internal static class InputBodies
{
    private const int Depth = 4;

    /// <summary>Inputs with up to three changes.</summary>
    public static Gen<(string Json, int Changes)> Of(JsonElement schema) =>
        from fitting in Value(new InputSchema(schema, schema), Depth)
        from changes in Gen.Choose(0, 3)
        from choices in Gen.Choose(0, int.MaxValue - 1).ListOf(changes)
        select (Changed(fitting, choices), changes);

    /// <summary>Inputs with all fields, in which every value stands at every place once, and each place is left out once.</summary>
    public static IEnumerable<string> EveryValueEverywhere(JsonElement schema)
    {
        var full = Full(new InputSchema(schema, schema), Depth);
        for (var place = 0; place < Places(JsonNode.Parse(full)).Count; place++)
        {
            foreach (var value in InputValues.All)
            {
                var body = JsonNode.Parse(full)!;
                Places(body)[place].Set(JsonNode.Parse(value));
                yield return body.ToJsonString();
            }

            var without = JsonNode.Parse(full)!;
            Places(without)[place].Remove();
            yield return without.ToJsonString();
        }
    }

    private static Gen<string> Value(InputSchema schema, int depth)
    {
        if (schema.OrNull)
            return Gen.Frequency((1, Gen.Constant("null")), (7, Value(schema.Target, depth)));
        schema = schema.Target;
        if (schema.Keyword("enum") is { } choices)
            return Gen.Elements(choices.EnumerateArray().Select(choice => choice.GetRawText()).ToArray());
        var types = schema.Types.ToList();
        return types.Count == 0
            ? Gen.Elements(InputValues.All)
            : Gen.OneOf(types.Select(type => OfType(type, schema, depth)).ToArray());
    }

    private static Gen<string> OfType(string type, InputSchema schema, int depth) =>
        type switch
        {
            "null" => Gen.Constant("null"),
            "boolean" => Gen.Elements("true", "false"),
            "integer" => Numbers(schema, "0", "1", "2", "1.0", "404"),
            "number" => Numbers(schema, "0", "1", "1.5", "2e0", "0.75"),
            "string" => Gen.Elements(Texts(schema).ToArray()),
            "array" => from entries in Entries(schema, depth) select $"[{string.Join(',', entries)}]",
            _ => Object(schema, depth),
        };

    private static Gen<string> Numbers(InputSchema schema, params string[] usual) =>
        Gen.Elements(
            usual
                .Concat(
                    new[] { "minimum", "maximum" }
                        .Select(keyword => schema.Keyword(keyword)?.GetRawText()!)
                        .Where(limit => limit is not null)
                )
                .ToArray()
        );

    private static IEnumerable<string> Texts(InputSchema schema)
    {
        var most = schema.Keyword("maxLength")?.GetInt32() ?? 8;
        var least = schema.Keyword("minLength")?.GetInt32() ?? 0;
        string[] made =
        [
            new('a', least),
            string.Concat(Enumerable.Repeat("🐎", most)),
            "https://api.example.org/",
            InputValues.Sha256,
            .. InputValues
                .All.Where(value => value[0] == '"')
                .Select(value => JsonSerializer.Deserialize<string>(value)!),
        ];
        var fitting = made.Where(schema.Matches).Select(text => JsonSerializer.Serialize(text)).ToList();
        return fitting.Count == 0 ? ["\"\""] : fitting;
    }

    private static Gen<List<string>> Entries(InputSchema schema, int depth) =>
        depth == 0
            ? Gen.Constant(new List<string>())
            : from count in Gen.Choose(schema.Keyword("minItems")?.GetInt32() ?? 0, 3)
            from entries in (schema.Within("items") is { } entry ? Value(entry, depth - 1) : Any).ListOf(count)
            select entries.ToList();

    private static Gen<string> Object(InputSchema schema, int depth)
    {
        var required = schema.Required.ToHashSet(StringComparer.Ordinal);
        var fields = schema
            .Fields.Where(field => depth > 0 || required.Contains(field.Name))
            .Select(field => Member(field.Name, Value(field.Schema, depth - 1), required.Contains(field.Name)))
            .ToList();
        if (fields.Count == 0 && depth > 0 && schema.Keyword("properties") is null)
        {
            var entry = schema.Within("additionalProperties") is { } one ? Value(one, depth - 1) : Any;
            fields = [Member("x", entry, required: false), Member("a b", entry, required: false)];
        }

        return from members in Gen.CollectToList(fields, one => one)
            select $"{{{string.Join(',', members.Where(one => one.Length > 0))}}}";
    }

    private static Gen<string> Member(string name, Gen<string> value, bool required) =>
        from there in required ? Gen.Constant(0) : Gen.Choose(0, 2)
        from written in value
        select there == 0 ? $"{JsonSerializer.Serialize(name)}:{written}" : "";

    private static Gen<string> Any => Gen.Elements(InputValues.All);

    private static string Full(InputSchema schema, int depth)
    {
        schema = schema.Target;
        if (schema.Keyword("enum") is { } choices)
            return choices[0].GetRawText();
        var types = schema.Types.ToList();
        if (types.Contains("array"))
            return depth == 0 ? "[]"
                : schema.Within("items") is { } entry
                    ? $"[{string.Join(',', Enumerable.Repeat(Full(entry, depth - 1), schema.Keyword("minItems")?.GetInt32() ?? 1))}]"
                : "[1]";
        if (types.Contains("object"))
            return schema.Fields.Any()
                ? $"{{{string.Join(',', Members(schema, depth))}}}"
                : $"{{\"x\":{(schema.Within("additionalProperties") is { } one && depth > 0 ? Full(one, depth - 1) : "1")}}}";
        if (types.Contains("boolean"))
            return "true";
        return types.Contains("integer") || types.Contains("number")
            ? schema.Keyword("minimum") is { } least && least.GetDecimal() > 0
                ? least.GetRawText()
                : "1"
            : types.Contains("string")
                ? Texts(schema).First()
                : "1";
    }

    private static IEnumerable<string> Members(InputSchema schema, int depth)
    {
        var required = schema.Required.ToHashSet(StringComparer.Ordinal);
        return schema
            .Fields.Where(field => depth > 0 || required.Contains(field.Name))
            .Select(field => $"{JsonSerializer.Serialize(field.Name)}:{Full(field.Schema, depth - 1)}");
    }

    private static string Changed(string fitting, IEnumerable<int> choices)
    {
        var body = JsonNode.Parse(fitting);
        foreach (var choice in choices)
        {
            var random = new System.Random(choice);
            var places = Places(body);
            if (places.Count == 0)
                continue;
            var place = places[random.Next(places.Count)];
            var value = JsonNode.Parse(InputValues.All[random.Next(InputValues.All.Length)]);
            switch (random.Next(6))
            {
                case 0:
                    place.Remove();
                    break;
                case 1:
                    place.Add(value);
                    break;
                default:
                    place.Set(value);
                    break;
            }
        }

        return body?.ToJsonString() ?? "null";
    }

    private static List<InputBodyPlace> Places(JsonNode? node) =>
        node switch
        {
            JsonObject members =>
            [
                .. members.Select(member => new InputBodyPlace(members, member.Key, -1)),
                .. members.SelectMany(member => Places(member.Value)),
            ],
            JsonArray entries =>
            [
                .. entries.Select((_, index) => new InputBodyPlace(entries, "", index)),
                .. entries.SelectMany(Places),
            ],
            _ => [],
        };
}
