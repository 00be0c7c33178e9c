using Json.Schema;

namespace Integration.Contracts.Tests;

/// <summary>The published schemas for a validator, which takes each <c>$id</c> once.</summary>
internal static class PublishedSchemas
{
    public static IReadOnlyDictionary<string, JsonSchema> ByType { get; } =
        EventTypes.All.ToDictionary(type => type, type => JsonSchema.FromText(ContractSchemas.Of(type)));
}
