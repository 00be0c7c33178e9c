using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integration.Sdk;

/// <summary>Finds a place in a JSON value (RFC 6901).</summary>
public static partial class JsonPointer
{
    /// <summary>Whether it is a pointer, e.g. <c>/error/code</c>.</summary>
    public static bool IsValid(string pointer) => Pattern().IsMatch(pointer);

    /// <summary>Null when there is no such place.</summary>
    public static JsonElement? Find(JsonElement root, string pointer)
    {
        JsonElement? place = root;
        foreach (var token in pointer.Split('/').Skip(1))
        {
            place = Step(
                place.Value,
                token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            );
            if (place is null)
                return null;
        }

        return place;
    }

    private static JsonElement? Step(JsonElement value, string token) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.TryGetProperty(token, out var member) ? member : null,
            JsonValueKind.Array => Index(token) is { } index && index < value.GetArrayLength() ? value[index] : null,
            _ => null,
        };

    // 4: an index has no leading zero.
    private static int? Index(string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && (token.Length == 1 || token[0] != '0')
            ? index
            : null;

    [GeneratedRegex("^(/([^~/]|~[01])*)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
