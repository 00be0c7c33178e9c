using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.Contracts.Tests;

public sealed class Round_trips
{
    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void An_event_with_every_field_set_comes_back_as_it_was_written(string eventType)
    {
        var json = Write(eventType);

        var read = JsonSerializer.Deserialize(json, ContractEvents.ByType[eventType])!;

        JsonNode
            .DeepEquals(JsonSerializer.SerializeToNode(read, ContractEvents.ByType[eventType]), json)
            .ShouldBeTrue($"written: {json}, read: {read}");
        Fields(JsonNode.Parse(ContractSchemas.Of(eventType))!["properties"]!)
            .ShouldBe(Fields(json), ignoreOrder: true, "the sample leaves a field out");
    }

    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void Without_a_required_field_an_event_is_refused_by_the_name_of_the_field(string eventType)
    {
        var required = Required(eventType);
        required.ShouldNotBeEmpty();
        foreach (var field in required)
        {
            var json = Write(eventType);
            json.AsObject().Remove(field);

            Should
                .Throw<JsonException>(() => JsonSerializer.Deserialize(json, ContractEvents.ByType[eventType]))
                .Message.ShouldContain($"'{field}'");
        }
    }

    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void Without_its_optional_fields_an_event_is_read_and_writes_no_nulls(string eventType)
    {
        var json = Write(eventType).AsObject();
        foreach (var field in Fields(json).Except(Required(eventType)))
            json.Remove(field);

        var read = JsonSerializer.Deserialize(json, ContractEvents.ByType[eventType]);

        JsonSerializer.Serialize(read, ContractEvents.ByType[eventType]).ShouldNotContain("null");
    }

    private static JsonNode Write(string eventType) =>
        JsonSerializer.SerializeToNode(Samples.ByType[eventType], ContractEvents.ByType[eventType])!;

    private static List<string> Required(string eventType) =>
        [
            .. JsonNode.Parse(ContractSchemas.Of(eventType))!["required"]!
                .AsArray()
                .Select(name => name!.GetValue<string>()),
        ];

    private static List<string> Fields(JsonNode node) => [.. node.AsObject().Select(field => field.Key)];
}
