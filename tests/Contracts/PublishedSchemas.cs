using Json.Schema;

namespace Integration.Contracts.Tests;

/// <summary>The published schema of each event. The library knows schemas by their id for the whole process, and takes each once.</summary>
internal static class PublishedSchemas
{
    public static IReadOnlyDictionary<string, JsonSchema> ByType { get; } =
        EventTypes.All.ToDictionary(type => type, type => JsonSchema.FromText(ContractSchemas.Of(type)));
}
