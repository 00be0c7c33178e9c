using System.Text.Json;
using Integration.Soap.Schemas;
using ValueKind = Integration.Soap.Schemas.ValueKind;

namespace Integration.Soap.Mapping;

/// <summary>Scalars of JSON as texts of XML, checked against their type.</summary>
internal static class ValueText
{
    private const int LongestShown = 40;

    /// <returns>The text; null after a problem was added.</returns>
    public static string? Of(
        JsonElement value,
        SimpleShape type,
        JsonPath path,
        Prefixes prefixes,
        InputProblems problems
    )
    {
        if (type.Kind == ValueKind.List && value.ValueKind == JsonValueKind.Array)
            return List(value, type, path, prefixes, problems);
        string? text;
        try
        {
            text = Scalar(value, type, prefixes);
        }
        catch (InvalidOperationException)
        {
            TellHalf(path, problems);
            return null;
        }

        if (text is null)
        {
            problems.Add(path, $"is {Kind(value)}; it takes {type.Expected}.");
            return null;
        }

        return Checked(text, type, path, prefixes, problems);
    }

    /// <summary>The same where any text will do.</summary>
    public static string? Plain(JsonElement value, JsonPath path, InputProblems problems)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String when XmlText.BadCharacter(value.GetString()!) is { } bad:
                    problems.Add(path, $"{bad}. Remove it.");
                    return null;
                case JsonValueKind.String:
                    return value.GetString();
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    return value.GetRawText();
                default:
                    problems.Add(path, $"is {Kind(value)}; it takes a text.");
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            TellHalf(path, problems);
            return null;
        }
    }

    private static void TellHalf(JsonPath path, InputProblems problems) =>
        problems.Add(path, "has half of a character (a single surrogate), which XML cannot carry. Remove it.");

    private static string? List(
        JsonElement values,
        SimpleShape type,
        JsonPath path,
        Prefixes prefixes,
        InputProblems problems
    )
    {
        var texts = new List<string>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            var place = path.Place(texts.Count);
            if (Of(value, type.Item!, place, prefixes, problems) is not { } text)
                return null;
            if (text.Length == 0 || text.AsSpan().ContainsAny(" \t\r\n"))
            {
                problems.Add(place, "is empty or has blanks, which separate the items of such a list.");
                return null;
            }

            texts.Add(text);
        }

        return Checked(string.Join(' ', texts), type, path, prefixes, problems);
    }

    private static string? Checked(
        string text,
        SimpleShape type,
        JsonPath path,
        Prefixes prefixes,
        InputProblems problems
    )
    {
        if (XmlText.BadCharacter(text) is { } bad)
        {
            problems.Add(path, $"{bad}. Remove it.");
            return null;
        }

        if (type.Problem(text, prefixes) is not { } expected)
            return text;
        problems.Add(path, $"{(path.HoldsSecrets ? "does not fit" : $"is {Shown(text)}")}; it takes {expected}.");
        return null;
    }

    private static string? Scalar(JsonElement value, SimpleShape type, Prefixes prefixes) =>
        value.ValueKind switch
        {
            JsonValueKind.String => type.Kind switch
            {
                ValueKind.QName => Name(value.GetString()!, prefixes),
                ValueKind.Union => Union(value.GetString()!, type, prefixes),
                _ => value.GetString(),
            },
            JsonValueKind.True or JsonValueKind.False when Takes(type, ValueKind.Boolean) => value.GetBoolean()
                ? "true"
                : "false",
            JsonValueKind.Number => Number(value.GetRawText(), type, prefixes),
            _ => null,
        };

    // Where a type has no number, the digits are taken as they are: "zip": 12345.
    private static string? Number(string json, SimpleShape type, Prefixes prefixes) =>
        type.Kind is ValueKind.Float or ValueKind.Double or ValueKind.Text ? json
        : Takes(type, ValueKind.Number) || type.Kind is ValueKind.Union or ValueKind.List ? Digits(json, type, prefixes)
        : null;

    // As it is written, unless the type has only whole numbers, or a pattern for them.
    private static string? Digits(string json, SimpleShape type, Prefixes prefixes) =>
        JsonNumbers.Plain(json, keepsZeros: true) is { } kept && type.Problem(kept, prefixes) is null
            ? kept
            : JsonNumbers.Plain(json, keepsZeros: false);

    private static bool Takes(SimpleShape type, ValueKind kind) =>
        type.Kind == kind
        || type.Kind == ValueKind.Text
        || (type.Kind == ValueKind.List && Takes(type.Item!, kind))
        || (type.Kind == ValueKind.Union && type.Members.Any(member => Takes(member, kind)));

    private static string Name(string text, Prefixes prefixes)
    {
        var name = XmlNames.Parse(text);
        return name is null || XmlText.BadCharacter(name.Namespace) is not null ? text : prefixes.Text(name);
    }

    // A name in braces is taken for a name only where nothing else would take it.
    private static string Union(string text, SimpleShape type, Prefixes prefixes) =>
        type.Members.Any(member => member.Kind == ValueKind.QName)
        && XmlNames.Parse(text) is not null
        && type.Members.All(member => member.Kind == ValueKind.QName || member.Problem(text, prefixes) is not null)
            ? Name(text, prefixes)
            : text;

    private static string Shown(string text) =>
        text.Length == 0 ? "empty"
        : text.Length > LongestShown ? $"'{text[..LongestShown]}…' ({text.Length} characters)"
        : $"'{text}'";

    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => "null",
        };
}
