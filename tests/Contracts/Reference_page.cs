using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Fixtures;
using Json.Schema;

namespace Integration.Contracts.Tests;

/// <summary>The examples of docs/reference/contract.md, read with the code that reads the wire.</summary>
public sealed partial class Reference_page
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/contract.md"));

    public static TheoryData<string, string> Examples =>
        [.. Blocks().Matches(_page).Select(block => (block.Groups["event"].Value, block.Groups["json"].Value))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_read_without_a_field_left_over(string eventType, string json)
    {
        var written = JsonNode.Parse(json)!;
        if (eventType.Length == 0)
            return;

        var type = ContractEvents.ByType[eventType];
        var read = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(json, type), type)!;

        Paths(written).Except(Paths(read)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_fits_the_published_schema(string eventType, string json)
    {
        if (eventType.Length == 0)
            return;

        var result = PublishedSchemas
            .ByType[eventType]
            .Evaluate(JsonElement.Parse(json), new EvaluationOptions { OutputFormat = OutputFormat.List });

        result.IsValid.ShouldBeTrue(
            string.Join(
                "; ",
                (result.Details ?? [])
                    .Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!.Values)
            )
        );
    }

    [Fact]
    public void Every_event_has_an_example() =>
        EventTypes.All.Except(Examples.Select(example => example.Data.Item1)).ShouldBeEmpty();

    [Fact]
    public void Every_category_and_every_common_code_stands_on_the_page()
    {
        foreach (var category in Enum.GetValues<ErrorCategory>())
            _page.ShouldContain($"| `{RoutingKeys.Name(category)}` |");
        foreach (var code in typeof(ErrorCodes).GetFields())
            _page.ShouldContain($"`{code.GetRawConstantValue()}`");
    }

    [Fact]
    public void Every_exchange_stands_on_the_page()
    {
        foreach (var exchange in Exchanges.Published.Append(Exchanges.Unrouted).Append(Exchanges.Dead))
            _page.ShouldContain($"| `{exchange}` |");
    }

    /// <summary>Fields that say something: an optional field that is null is not written.</summary>
    private static IEnumerable<string> Paths(JsonNode? node) =>
        node switch
        {
            JsonObject o => o.Where(field => field.Value is not null)
                .SelectMany(field => Paths(field.Value).Append(field.Value!.GetPath())),
            JsonArray a => a.SelectMany(Paths),
            _ => [],
        };

    [GeneratedRegex(
        @"^```json(?: (?<event>[\w.]+))?\r?\n(?<json>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Blocks();
}
