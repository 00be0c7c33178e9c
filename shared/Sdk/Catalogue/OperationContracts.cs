using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// The contracts of this service's operations as it announces them, derived from their classes, with the hash that its heartbeats
/// repeat. Both are null when they do not fit into an event.
/// </summary>
internal sealed class OperationContracts(OperationCatalog operations, ILogger<OperationContracts> log)
{
    // What the announcement says besides.
    private const int Room = 16 * 1024;

    private readonly Lazy<(IReadOnlyList<OperationContract>? Contracts, string? Hash)> _announced = new(() =>
        Announced(operations, log)
    );

    public IReadOnlyList<OperationContract>? All => _announced.Value.Contracts;

    public string? Hash => _announced.Value.Hash;

    /// <summary>What an operation promises.</summary>
    public static OperationContract Of(OperationDescription operation)
    {
        var comments = DocComments.Of(operation.Type.Assembly);
        return Named(operation) with
        {
            Inputs = ContractSchema.OfInputs(operation.InputType),
            Outputs = ContractSchema.OfOutputs(operation.OutputType),
            Errors = operation.Errors,
            Description = OrNull(comments.Summary(operation.Type, DocStyle.Markdown)),
            Remarks = OrNull(comments.Remarks(operation.Type, DocStyle.Markdown)),
            EffectOfInputs = OrNull(
                comments.Summary(operation.Type, nameof(Operation<object, object>.EffectOf), DocStyle.Markdown)
            ),
            Examples = operation.Examples is { Count: > 0 } examples ? examples : null,
        };
    }

    // What needs neither records nor comments.
    private static OperationContract Named(OperationDescription operation) =>
        new(
            operation.Name,
            operation.Version,
            operation.Effect.ToString().ToLowerInvariant(),
            ContractSchema.Open,
            ContractSchema.Open,
            []
        )
        {
            Title = operation.Title,
            Documentation = operation.Documentation,
            Pipe = operation.Pipe,
        };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static (IReadOnlyList<OperationContract>?, string?) Announced(OperationCatalog operations, ILogger log)
    {
        OperationContract[] contracts =
        [
            .. operations
                .All.OrderBy(operation => operation.Name, StringComparer.Ordinal)
                .ThenBy(operation => operation.Version)
                .Select(operation => OrOpen(operation, log)),
        ];
        var bytes = Canonical(contracts);
        if (bytes.Length > Limits.Body - Room)
        {
            log.LogWarning(
                "The contracts of {Count} operations have {Bytes} bytes: they are announced without descriptions.",
                contracts.Length,
                bytes.Length
            );
            contracts = [.. contracts.Select(WithoutDescriptions)];
            bytes = Canonical(contracts);
        }

        if (bytes.Length <= Limits.Body - Room)
            return (contracts, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        log.LogWarning(
            "The contracts of {Count} operations have {Bytes} bytes, which is more than an event may have: they are not "
                + "announced. Spread the operations over several services.",
            contracts.Length,
            bytes.Length
        );
        return (null, null);
    }

    // A converter of the operation's own may not be made for this; the service works nevertheless.
    private static OperationContract OrOpen(OperationDescription operation, ILogger log)
    {
        try
        {
            return operation.Contract;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning(
                e,
                "The contract of '{Operation}' cannot be derived from its records: it is announced with open inputs and outputs.",
                operation.Name
            );
            return Named(operation);
        }
    }

    private static OperationContract WithoutDescriptions(OperationContract contract) =>
        contract with
        {
            Description = null,
            Remarks = null,
            EffectOfInputs = null,
            Examples = null,
            Inputs = ContractSchema.WithoutDescriptions(contract.Inputs),
            Outputs = ContractSchema.WithoutDescriptions(contract.Outputs),
        };

    private static byte[] Canonical(IReadOnlyList<OperationContract> contracts) =>
        CanonicalJson.Of(
            JsonSerializer.SerializeToElement(contracts, OperationContractJson.Default.IReadOnlyListOperationContract)
        );
}
