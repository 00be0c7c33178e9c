using System.Text.Json.Serialization;
using Integration.Bus;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Storing;

/// <summary>JSON of what is stored and no event of the contract.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(OutgoingMessage))]
internal sealed partial class StoringJson : JsonSerializerContext;
