using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

/// <summary>Tables of cases: an expression, <c>=&gt;</c>, and its value as JSON; <c>#</c> begins a comment.</summary>
public static class Cases
{
    private const string Separator = " => ";

    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string, string> Of(string table)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in table.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var separator = line.LastIndexOf(Separator, StringComparison.Ordinal);
            if (separator < 0)
                throw new FormatException($"No '{Separator}' in: {line}");
            cases.Add(line[..separator].TrimEnd(), line[(separator + Separator.Length)..].Trim());
        }
        return cases;
    }

    public static void Check(
        string expression,
        string expected,
        JsonObject? variables = null,
        TimeProvider? time = null
    )
    {
        var result = FeelExpression.Parse(expression).Evaluate(variables ?? [], time ?? TimeProvider.System);
        Json(result.ToJson())
            .ShouldBe(Json(JsonNode.Parse(expected)), $"{expression}; warnings: {string.Join(" ", result.Warnings)}");
    }

    public static string Json(JsonNode? node) => node?.ToJsonString(_plain) ?? "null";
}
