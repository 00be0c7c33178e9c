using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>
/// JSON of the contract: camel case, unknown fields ignored, absent instead of null, required properties enforced.
/// Source-generated, so that nothing is reflected on the hot path.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(TaskRequested))]
[JsonSerializable(typeof(TaskCompleted))]
[JsonSerializable(typeof(TaskRejected))]
[JsonSerializable(typeof(TaskErrored))]
[JsonSerializable(typeof(TaskIncident))]
[JsonSerializable(typeof(TaskFailed))]
[JsonSerializable(typeof(TaskCancelled))]
[JsonSerializable(typeof(ServiceAnnounced))]
[JsonSerializable(typeof(ServiceHeartbeat))]
[JsonSerializable(typeof(ProcessStart))]
[JsonSerializable(typeof(MessageReceived))]
[JsonSerializable(typeof(InstanceCompleted))]
[JsonSerializable(typeof(InstanceFailed))]
[JsonSerializable(typeof(AnnouncementRequested))]
public sealed partial class ContractJson : JsonSerializerContext;
