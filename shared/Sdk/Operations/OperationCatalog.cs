using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>The operations of this service.</summary>
[Raises(
    ErrorCategory.Data,
    ErrorCodes.UnknownOperation,
    "The service that got the task has no such operation.",
    "Correct the task's type, or deploy the version of the service that has it."
)]
[Raises(
    ErrorCategory.Data,
    ErrorCodes.UnknownVersion,
    "The service has the operation, but not this version of it.",
    "Correct the version, or deploy a service that has it."
)]
public sealed class OperationCatalog
{
    private readonly Dictionary<(string Name, int Version), OperationDescription> _operations = [];

    /// <exception cref="ArgumentException">Two classes claim the same name and version.</exception>
    internal OperationCatalog(IEnumerable<OperationDescription> operations)
    {
        foreach (var operation in operations)
        {
            if (!_operations.TryAdd((operation.Name, operation.Version), operation))
            {
                var other = _operations[(operation.Name, operation.Version)];
                throw new ArgumentException(
                    $"{operation.Type} and {other.Type} are both {operation.Name} version {operation.Version}; "
                        + "rename one or raise its Version.",
                    nameof(operations)
                );
            }
        }

        AnyAsks = _operations.Values.Any(operation => operation.Asks.Count > 0);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<OperationDescription> All => _operations.Values;

    /// <summary>Whether one of them asks other services.</summary>
    internal bool AnyAsks { get; }

    /// <summary>Whether this operation does, in any version.</summary>
    internal bool Asks(string operation) =>
        AnyAsks && _operations.Values.Any(one => one.Name == operation && one.Asks.Count > 0);

    internal bool TryFind(
        string name,
        int version,
        [NotNullWhen(true)] out OperationDescription? operation,
        [NotNullWhen(false)] out TaskErrorException? error
    )
    {
        error = null;
        if (_operations.TryGetValue((name, version), out operation))
            return true;
        var versions = _operations.Keys.Where(key => key.Name == name).Select(key => key.Version).Order().ToList();
        error =
            versions.Count == 0
                ? new DataErrorException(
                    ErrorCodes.UnknownOperation,
                    $"This service has no operation '{name}'. It has: {string.Join(", ", _operations.Keys.Select(key => key.Name).Distinct().Order())}."
                )
                : new DataErrorException(
                    ErrorCodes.UnknownVersion,
                    $"'{name}' has no version {version} here. It has: {string.Join(", ", versions)}."
                );
        return false;
    }
}
