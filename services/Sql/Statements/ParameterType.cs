using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Integration.Sql.Statements;

/// <summary>The type of a parameter as configured: <c>uuid</c>, <c>text[]</c>, <c>date?</c>, <c>out numeric</c>.</summary>
/// <param name="Name">As the database knows it, without array and question mark; empty when unknown.</param>
/// <param name="Kind">What is sent for it.</param>
/// <param name="IsArray">Whether a list is sent.</param>
/// <param name="IsOptional">Whether it may be null or left out.</param>
/// <param name="IsOut">Whether it only comes back, from a procedure.</param>
internal sealed partial record ParameterType(
    string Name,
    ParameterKind Kind,
    bool IsArray = false,
    bool IsOptional = false,
    bool IsOut = false
)
{
    /// <summary>Of a value in free SQL whose type is not named.</summary>
    public static readonly ParameterType Unknown = new("", ParameterKind.Unknown, IsOptional: true);

    private static readonly Dictionary<string, ParameterKind> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = ParameterKind.Text,
        ["varchar"] = ParameterKind.Text,
        ["character varying"] = ParameterKind.Text,
        ["char"] = ParameterKind.Text,
        ["character"] = ParameterKind.Text,
        ["citext"] = ParameterKind.Text,
        ["smallint"] = ParameterKind.Integer,
        ["int2"] = ParameterKind.Integer,
        ["int"] = ParameterKind.Integer,
        ["int4"] = ParameterKind.Integer,
        ["integer"] = ParameterKind.Integer,
        ["bigint"] = ParameterKind.Integer,
        ["int8"] = ParameterKind.Integer,
        ["numeric"] = ParameterKind.Number,
        ["decimal"] = ParameterKind.Number,
        ["real"] = ParameterKind.Float,
        ["float4"] = ParameterKind.Float,
        ["float8"] = ParameterKind.Float,
        ["double"] = ParameterKind.Float,
        ["double precision"] = ParameterKind.Float,
        ["boolean"] = ParameterKind.Boolean,
        ["bool"] = ParameterKind.Boolean,
        ["uuid"] = ParameterKind.Uuid,
        ["date"] = ParameterKind.Date,
        ["time"] = ParameterKind.Time,
        ["timestamp"] = ParameterKind.Timestamp,
        ["timestamp without time zone"] = ParameterKind.Timestamp,
        ["timestamptz"] = ParameterKind.TimestampWithZone,
        ["timestamp with time zone"] = ParameterKind.TimestampWithZone,
        ["json"] = ParameterKind.Json,
        ["jsonb"] = ParameterKind.Json,
        ["bytea"] = ParameterKind.Binary,
        ["blob"] = ParameterKind.Binary,
    };

    /// <summary>For a cast, e.g. <c>text[]</c>.</summary>
    public string Cast => IsArray ? $"{Name}[]" : Name;

    public static bool TryParse(string text, [NotNullWhen(true)] out ParameterType? type)
    {
        type = null;
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            return false;
        var name = match.Groups["name"].Value;
        if (name.Equals("double", StringComparison.OrdinalIgnoreCase))
            name = "double precision";
        type = new ParameterType(
            name + match.Groups["size"].Value,
            _kinds.GetValueOrDefault(name, ParameterKind.Other),
            match.Groups["array"].Success,
            match.Groups["optional"].Success,
            match.Groups["out"].Success
        );
        return true;
    }

    [GeneratedRegex(
        @"^(?<out>out\s+)?(?<name>[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?( (precision|varying|with time zone|without time zone))?)"
            + @"(?<size>\(\d{1,6}(, ?\d{1,6})?\))?(?<array>\[\])?(?<optional>\?)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Pattern();
}
