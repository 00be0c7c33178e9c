using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Integration.Templates;

/// <summary>A JSON value as FEEL writes it: nearly the same, with names that need no quotes.</summary>
internal static partial class FeelLiteral
{
    private static readonly JsonSerializerOptions _readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonNode? value) =>
        value switch
        {
            null => "null",
            JsonObject entries => $"{{{string.Join(", ", entries.Select(one => $"{Key(one.Key)}: {Of(one.Value)}"))}}}",
            JsonArray items => $"[{string.Join(", ", items.Select(Of))}]",
            _ => value.ToJsonString(_readable),
        };

    private static string Key(string name) => Name().IsMatch(name) ? name : JsonSerializer.Serialize(name, _readable);

    [GeneratedRegex(@"^[A-Za-z_]\w*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
