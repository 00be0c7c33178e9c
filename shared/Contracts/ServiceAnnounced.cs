namespace Integration.Contracts;

/// <summary><c>service.announced</c>: a service has started and says what it can do.</summary>
/// <param name="Service">Who.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Operations">What it takes.</param>
public sealed record ServiceAnnounced(
    ServiceReference Service,
    DateTimeOffset OccurredAt,
    IReadOnlyList<OperationReference> Operations
);

/// <summary>An operation as others name it.</summary>
/// <param name="Name">E.g. <c>rest.request</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
public sealed record OperationReference(string Name, int Version, string Effect);
