using System.Text;
using System.Text.Json;
using Integration.Errors;
using Integration.Sql.Statements;
using Integration.Sql.Values;

namespace Integration.Sql.PostgreSql;

/// <summary>A value in the server's text form.</summary>
internal static class PostgreSqlText
{
    /// <summary>Null for null.</summary>
    public static string? Of(BoundValue value)
    {
        if (value.Json is not { } json)
            return null;
        if (!value.Type.IsArray)
            return One(value.Type, json, value.Field);
        // A list that the server writes in a way of its own, as one of boxes, comes as a text and is taken back as one.
        if (value.Type.Kind == ParameterKind.Other && TextForm.Scalar(json) is ['{' or '[', .., '}'] own)
            return WithoutNul(own, value.Field);
        if (json.ValueKind != JsonValueKind.Array)
            throw InvalidInput.At(value.Field, $"must be a list ({value.Type.Cast}).");
        var text = new StringBuilder();
        AppendList(text, value.Type, json, value.Field);
        return text.ToString();
    }

    private static string One(ParameterType type, JsonElement json, string field)
    {
        if (type.Kind == ParameterKind.Unknown && TextForm.Scalar(json) is null)
            throw InvalidInput.At(field, "is a list or an object and needs a type, e.g. int[] or jsonb.");
        if (type.Name.Equals("jsonb", StringComparison.OrdinalIgnoreCase) && HoldsNul(json))
            throw Nul(field, "");
        var text = TextForm.Of(type.Kind, type.Name, json, field);
        return type.Kind == ParameterKind.Binary
            ? $"\\x{Convert.ToHexString(Convert.FromBase64String(text))}"
            : WithoutNul(text, field);
    }

    private static string WithoutNul(string text, string field) =>
        text.IndexOf('\0', StringComparison.Ordinal) is var at and >= 0
            ? throw Nul(field, $" at position {at + 1}")
            : text;

    private static Integration.Errors.DataErrorException Nul(string field, string position) =>
        InvalidInput.At(field, $"holds U+0000{position}, which PostgreSQL cannot keep in a text. Remove it.");

    private static bool HoldsNul(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!.Contains('\0', StringComparison.Ordinal),
            JsonValueKind.Array => json.EnumerateArray().Any(HoldsNul),
            JsonValueKind.Object => json.EnumerateObject()
                .Any(member => member.Name.Contains('\0', StringComparison.Ordinal) || HoldsNul(member.Value)),
            _ => false,
        };

    // {"a","b",NULL}; lists of lists are further dimensions.
    private static void AppendList(StringBuilder text, ParameterType type, JsonElement list, string field)
    {
        text.Append('{');
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (index > 0)
                text.Append(',');
            var place = $"{field}[{index++}]";
            if (item.ValueKind == JsonValueKind.Null)
                text.Append("NULL");
            else if (item.ValueKind == JsonValueKind.Array && type.Kind != ParameterKind.Json)
                AppendList(text, type, item, place);
            else
                AppendQuoted(text, One(type, item, place));
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c);
        }

        text.Append('"');
    }
}
