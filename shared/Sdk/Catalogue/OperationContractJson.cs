using System.Text.Json.Serialization;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Contracts as they stand in an announcement.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<OperationContract>))]
internal sealed partial class OperationContractJson : JsonSerializerContext;
