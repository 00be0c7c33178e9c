using System.Text.Json;

namespace Integration.ProcessCore.Catalogue;

/// <summary>An operation that is deployed, or was not long ago.</summary>
/// <param name="Name">E.g. <c>s3.put-object</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
/// <param name="State"><c>alive</c> when a service that is alive has it, otherwise <c>gone</c>.</param>
/// <param name="Conflict">Services that are alive promise different things for it.</param>
/// <param name="Contract">The whole contract; absent when no service has announced one.</param>
/// <param name="OfferedBy">The services that have it.</param>
internal sealed record OperationAnswer(
    string Name,
    int Version,
    string Effect,
    string State,
    bool Conflict,
    JsonElement? Contract,
    IReadOnlyList<OfferAnswer> OfferedBy
);

/// <summary>A process that has the operation.</summary>
/// <param name="Service">The service.</param>
/// <param name="ServiceVersion">Its version.</param>
/// <param name="Instance">The process.</param>
/// <param name="ContractHash">Of all its contracts.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="State"><c>alive</c> or <c>gone</c>.</param>
/// <param name="Contract">Only where it differs from the one above.</param>
internal sealed record OfferAnswer(
    string Service,
    string? ServiceVersion,
    string? Instance,
    string? ContractHash,
    DateTimeOffset LastSeen,
    string State,
    JsonElement? Contract
);
