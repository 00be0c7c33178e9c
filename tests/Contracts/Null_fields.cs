using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>An optional field that is null counts as absent, in every event and at every depth.</summary>
public sealed class Null_fields
{
    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void An_optional_field_that_is_null_means_what_an_absent_one_means(string eventType)
    {
        var json = ContractEvents.ByType[eventType];
        var sample = JsonSerializer.SerializeToNode(Samples.ByType[eventType], json)!.AsObject();
        var optional = OptionalFields(json, sample, []).ToList();

        optional.ShouldNotBeEmpty();
        foreach (var path in optional)
        {
            var (withNull, without) = (sample.DeepClone().AsObject(), sample.DeepClone().AsObject());
            Parent(withNull, path)[path[^1]] = null;
            Parent(without, path).Remove(path[^1]);

            Read(eventType, withNull).ShouldBe(Read(eventType, without), string.Join('.', path));
        }
    }

    [Theory]
    [MemberData(nameof(ContractEvents.Types), MemberType = typeof(ContractEvents))]
    public void A_required_field_that_is_null_is_refused(string eventType)
    {
        var json = ContractEvents.ByType[eventType];
        foreach (var field in json.Properties.Where(field => !EventSchema.IsOptional(field)))
        {
            var sample = JsonSerializer.SerializeToNode(Samples.ByType[eventType], json)!.AsObject();
            sample[field.Name] = null;

            EventReader.Refusal(eventType, sample.ToJsonString()).ShouldNotBeNull(field.Name);
        }
    }

    private static string Read(string eventType, JsonNode body) =>
        JsonSerializer.Serialize(EventReader.Read(eventType, body.ToJsonString()), ContractEvents.ByType[eventType]);

    private static JsonObject Parent(JsonObject root, List<string> path) =>
        path.SkipLast(1)
            .Aggregate((JsonNode)root, (node, name) => node is JsonArray list ? list[int.Parse(name)]! : node[name]!)
            .AsObject();

    private static IEnumerable<List<string>> OptionalFields(JsonTypeInfo json, JsonNode? sample, List<string> path)
    {
        if (sample is JsonArray list && json.Kind == JsonTypeInfoKind.Enumerable)
        {
            var entry = json.Options.GetTypeInfo(json.ElementType!);
            return list.SelectMany((item, index) => OptionalFields(entry, item, [.. path, $"{index}"]));
        }

        if (sample is not JsonObject members || json.Kind != JsonTypeInfoKind.Object)
            return [];
        return json.Properties.SelectMany(field =>
        {
            List<string> place = [.. path, field.Name];
            var below = OptionalFields(json.Options.GetTypeInfo(field.PropertyType), members[field.Name], place);
            return EventSchema.IsOptional(field) ? below.Prepend(place) : below;
        });
    }
}
