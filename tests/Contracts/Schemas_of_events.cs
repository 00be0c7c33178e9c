using System.Text.Json.Nodes;
using Integration.Fixtures;

namespace Integration.Contracts.Tests;

public sealed class Schemas_of_events
{
    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void The_schema_of_an_event_is_the_accepted_one(string eventType) =>
        Snapshot.Match(
            EventSchema.Of(eventType),
            $"shared/Contracts/Schemas/{eventType}.schema.json",
            "tests/Contracts"
        );

    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void A_schema_can_be_read_from_the_assembly(string eventType) =>
        JsonNode.Parse(ContractSchemas.Of(eventType))!["title"]!.GetValue<string>().ShouldBe(eventType);

    [Fact]
    public void An_unknown_event_is_refused_with_those_that_exist() =>
        Should
            .Throw<ArgumentException>(() => ContractSchemas.Of("task.requsted"))
            .Message.ShouldContain("task.requested, task.completed");

    [Fact]
    public void There_is_no_schema_of_an_event_that_the_contract_does_not_have() =>
        Directory
            .GetFiles(RepositoryFolder.File("shared/Contracts/Schemas"))
            .Select(Path.GetFileName)
            .ShouldBe(EventTypes.All.Select(type => $"{type}.schema.json"), ignoreOrder: true);
}
