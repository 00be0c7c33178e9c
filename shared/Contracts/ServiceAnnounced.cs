namespace Integration.Contracts;

/// <summary><c>service.announced</c>: a service has started and says what it can do.</summary>
/// <param name="Service">The process that announces itself.</param>
/// <param name="OccurredAt">When it announced itself.</param>
/// <param name="Operations">What it takes.</param>
/// <param name="ContractHash">
/// SHA-256 of the contracts, 64 hexadecimal digits in lower case: equal hashes mean equal contracts. Heartbeats repeat it.
/// </param>
/// <param name="Contracts">The whole contracts of the operations.</param>
public sealed record ServiceAnnounced(
    ServiceReference Service,
    DateTimeOffset OccurredAt,
    IReadOnlyList<OperationReference> Operations,
    string? ContractHash = null,
    IReadOnlyList<OperationContract>? Contracts = null
);

/// <summary>An operation as others name it.</summary>
/// <param name="Name">The name that tasks ask for, e.g. <c>rest.request</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
public sealed record OperationReference(string Name, int Version, string Effect);
