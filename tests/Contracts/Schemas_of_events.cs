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
}
