using System.Globalization;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Integration.Contracts.Tests;

/// <summary>
/// The published schemas and the readers come to the same verdict: whoever checks with the schema before it sends is taken, and
/// nobody is taken that the schema refuses. EVENT_BODIES=1000000 dotnet test tests/Contracts --filter Verdicts is a long run;
/// EVENT_SEED repeats one.
/// </summary>
public sealed class Verdicts
{
    private static readonly EvaluationOptions _options = new() { RequireFormatValidation = false };

    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void Schema_and_reader_take_the_sample_of_every_event(string eventType)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(
            Samples.ByType[eventType],
            ContractEvents.ByType[eventType]
        );

        IsTaken(eventType, json).ShouldBeTrue();
        EventReader.Refusal(eventType, json).ShouldBeNull();
    }

    [Fact]
    public void Schema_and_reader_agree_on_every_value_at_every_place()
    {
        var disagreed = EventBodies.EveryValueEverywhere().Where(Disagree).Take(10).Select(Describe).ToList();

        disagreed.ShouldBeEmpty(string.Join('\n', disagreed));
    }

    [Fact]
    public void Schema_and_reader_agree_on_generated_events()
    {
        var seed = Setting("EVENT_SEED", 20261201);
        var count = Setting("EVENT_BODIES", 5_000);
        TestContext.Current.TestOutputHelper!.WriteLine($"EVENT_SEED={seed} EVENT_BODIES={count}");
        var bodies = new EventBodies(seed);

        var disagreed = Enumerable
            .Range(0, count)
            .Select(_ => bodies.Next())
            .Where(Disagree)
            .Take(10)
            .Select(Describe)
            .ToList();

        disagreed.ShouldBeEmpty($"EVENT_SEED={seed}\n{string.Join('\n', disagreed)}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    private static bool Disagree((string Type, string Body) e) =>
        IsTaken(e.Type, e.Body) != (EventReader.Refusal(e.Type, e.Body) is null);

    private static string Describe((string Type, string Body) e) =>
        $"schema: {(IsTaken(e.Type, e.Body) ? "yes" : "no")}, reader: {EventReader.Refusal(e.Type, e.Body) ?? "yes"}, {e.Type}: {e.Body}";

    private static bool IsTaken(string eventType, string json) =>
        PublishedSchemas.ByType[eventType].Evaluate(JsonNode.Parse(json).AsElement(), _options).IsValid;
}

file static class Elements
{
    public static System.Text.Json.JsonElement AsElement(this JsonNode? node) =>
        System.Text.Json.JsonElement.Parse(node?.ToJsonString() ?? "null");
}
