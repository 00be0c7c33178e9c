using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Sql.Values;
using Npgsql.PostgresTypes;

namespace Integration.Sql.PostgreSql;

/// <summary>A value in the server's text form as JSON, by its type. What JSON has no form for stays the server's text.</summary>
internal static partial class PostgreSqlJson
{
    public static void Write(Utf8JsonWriter json, PostgresType type, string text)
    {
        switch (type)
        {
            case PostgresDomainType domain:
                Write(json, domain.BaseType, text);
                break;
            // A box has commas of its own.
            case PostgresArrayType array
                when array.Element.InternalName != "box" && ArrayText.TryRead(text, out var items):
                WriteList(json, array.Element, items);
                break;
            default:
                WriteOne(json, type.InternalName, text);
                break;
        }
    }

    private static void WriteOne(Utf8JsonWriter json, string type, string text)
    {
        switch (type)
        {
            case "int2" or "int4" or "int8" or "oid" or "numeric":
                JsonNumber.Write(json, text);
                break;
            case "float4" or "float8":
                JsonNumber.WriteFloat(json, text);
                break;
            case "bool":
                json.WriteBooleanValue(text is "t" or "true");
                break;
            case "json" or "jsonb":
                JsonText.Write(json, text);
                break;
            case "bytea" when text.StartsWith("\\x", StringComparison.Ordinal):
                json.WriteBase64StringValue(Convert.FromHexString(text.AsSpan(2)));
                break;
            case "timestamp" or "timestamptz":
                json.WriteStringValue(Moment(text));
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, PostgresType element, IReadOnlyList<object?> items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            if (item is null)
                json.WriteNullValue();
            else if (item is string text)
                Write(json, element, text);
            else
                WriteList(json, element, (IReadOnlyList<object?>)item);
        }

        json.WriteEndArray();
    }

    // 2026-12-01 10:30:00.5+00 → 2026-12-01T10:30:00.5Z; infinity and years before Christ stay as they are.
    private static string Moment(string text)
    {
        var match = MomentPattern().Match(text);
        if (!match.Success)
            return text;
        var zone = match.Groups["zone"].Value;
        if (zone.Length == 3)
            zone = zone is "+00" ? "Z" : zone + ":00";
        return $"{match.Groups["date"].Value}T{match.Groups["time"].Value}{zone}";
    }

    [GeneratedRegex(
        @"^(?<date>\d{4,}-\d\d-\d\d) (?<time>\d\d:\d\d:\d\d(\.\d+)?)(?<zone>[+-]\d\d(:\d\d)?)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MomentPattern();
}
