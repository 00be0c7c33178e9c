using System.Globalization;
using System.Text.Json;
using Integration.Errors;
using Integration.Sql.Statements;
using Integration.Sql.Values;

namespace Integration.Sql.Sqlite;

/// <summary>A value in one of the few forms that SQLite stores.</summary>
internal static class SqliteParameters
{
    /// <summary>What a binary floating point number holds exactly enough to give the same digits back.</summary>
    private const int FloatDigits = 15;

    public static object Of(BoundValue value)
    {
        if (value.Json is not { } json)
            return DBNull.Value;
        if (value.Type.IsArray)
            return List(value, json);
        var kind = value.Type.Kind == ParameterKind.Unknown ? Guess(json, value.Field) : value.Type.Kind;
        var text = TextForm.Of(kind, value.Type.Name, json, value.Field);
        return kind switch
        {
            ParameterKind.Integer => long.TryParse(text, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : throw InvalidInput.At(value.Field, "does not fit into 64 bits."),
            ParameterKind.Number or ParameterKind.Float when text == "NaN" => throw InvalidInput.At(
                value.Field,
                "is NaN, which SQLite does not store."
            ),
            ParameterKind.Number => Number(text),
            ParameterKind.Float => double.Parse(text, CultureInfo.InvariantCulture),
            ParameterKind.Boolean => text == "true" ? 1L : 0L,
            ParameterKind.Binary => Convert.FromBase64String(text),
            _ => text,
        };
    }

    private static ParameterKind Guess(JsonElement json, string field) =>
        json.ValueKind switch
        {
            JsonValueKind.Number => ParameterKind.Number,
            JsonValueKind.True or JsonValueKind.False => ParameterKind.Boolean,
            JsonValueKind.String => ParameterKind.Text,
            _ => throw InvalidInput.At(field, "is a list or an object and needs a type, e.g. int[] or json."),
        };

    // More digits than fit go as a text, which a column for numbers would round and a column for texts keeps.
    private static object Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return text.Count(char.IsAsciiDigit) <= FloatDigits ? double.Parse(text, CultureInfo.InvariantCulture) : text;
    }

    // As JSON, for json_each.
    private static string List(BoundValue value, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
            throw InvalidInput.At(value.Field, $"must be a list ({value.Type.Cast}).");
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Null)
                TextForm.Of(value.Type.Kind, value.Type.Name, item, $"{value.Field}[{index}]");
            index++;
        }

        return json.GetRawText();
    }
}
