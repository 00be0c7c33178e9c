using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Errors;

namespace Integration.Ldap.Inputs;

/// <summary>
/// Values for the places <c>{{name}}</c> in names and filters. They are put into what was read already, so whatever they hold
/// is a value and nothing else.
/// </summary>
internal sealed partial class Parameters(IReadOnlyDictionary<string, JsonElement>? values)
{
    private readonly IReadOnlyDictionary<string, JsonElement> _values = values ?? new Dictionary<string, JsonElement>();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The place that begins here, and its length; null when none does.</summary>
    public static (string Name, int Length)? PlaceAt(string text, int index)
    {
        var match = Place().Match(text, index);
        return match.Success ? (match.Groups["name"].Value, match.Length) : null;
    }

    /// <summary>The value of a place, as bytes and never empty: an empty one would match more than was meant.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <param name="field">The input that has the place.</param>
    public byte[] Value(string name, string field)
    {
        if (!_values.TryGetValue(name, out var value))
            throw InvalidInput.At(field, $"uses {{{{{name}}}}}, and inputs.parameters has no '{name}'.");
        _used.Add(name);
        var bytes = value.ValueKind switch
        {
            JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
            JsonValueKind.Number => Encoding.UTF8.GetBytes(value.GetRawText()),
            JsonValueKind.True => "TRUE"u8.ToArray(),
            JsonValueKind.False => "FALSE"u8.ToArray(),
            JsonValueKind.Object => Binary(name, value),
            _ => throw Wrong(name),
        };
        return bytes.Length > 0
            ? bytes
            : throw InvalidInput.At(
                $"parameters.{name}",
                "is empty. Send a value, or leave out its part of the filter."
            );
    }

    /// <summary>A parameter that stands nowhere is a mistake that would go unnoticed.</summary>
    public void CheckAllUsed()
    {
        foreach (var name in _values.Keys.Where(name => !_used.Contains(name)))
            throw InvalidInput.At(
                $"parameters.{name}",
                $"is used nowhere. Write {{{{{name}}}}} where it belongs, or remove it."
            );
    }

    private static byte[] Binary(string name, JsonElement value)
    {
        if (
            value.EnumerateObject().Count() == 1
            && value.TryGetProperty("base64", out var base64)
            && base64.ValueKind == JsonValueKind.String
        )
            return base64.TryGetBytesFromBase64(out var bytes)
                ? bytes
                : throw InvalidInput.At($"parameters.{name}.base64", "is no base64.");
        throw Wrong(name);
    }

    private static Exception Wrong(string name) =>
        InvalidInput.At($"parameters.{name}", "must be a text, a number, true or false, or {\"base64\": …} for bytes.");

    [GeneratedRegex(@"\G\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_-]*)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
