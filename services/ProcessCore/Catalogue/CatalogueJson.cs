using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts;

namespace Integration.ProcessCore.Catalogue;

/// <summary>JSON of what is kept of an announcement.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 256
)]
[JsonSerializable(typeof(IReadOnlyList<OperationContract>))]
[JsonSerializable(typeof(IReadOnlyList<OperationReference>))]
internal sealed partial class CatalogueJson : JsonSerializerContext
{
    public static byte[] Bytes(IReadOnlyList<OperationContract> contracts) =>
        JsonSerializer.SerializeToUtf8Bytes(contracts, Default.IReadOnlyListOperationContract);

    public static byte[] Bytes(IReadOnlyList<OperationReference> operations) =>
        JsonSerializer.SerializeToUtf8Bytes(operations, Default.IReadOnlyListOperationReference);

    public static IReadOnlyList<OperationReference> Operations(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, Default.IReadOnlyListOperationReference)!;
}
