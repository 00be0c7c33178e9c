using System.Text.Json.Serialization;

namespace Integration.ProcessCore.Engine;

/// <summary>JSON of what is stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    // Deeper than what a variable may be: a state that was written must always be readable.
    MaxDepth = 256
)]
[JsonSerializable(typeof(InstanceState))]
[JsonSerializable(typeof(IReadOnlyList<HistoryEntry>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class StateJson : JsonSerializerContext;
