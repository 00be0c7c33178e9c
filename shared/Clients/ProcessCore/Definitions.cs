using System.Text.Json;

namespace Integration.Clients;

/// <summary>A deployed version of a process.</summary>
/// <param name="Id">BPMN process id.</param>
/// <param name="Version">From 1 for each id.</param>
/// <param name="Name">As the file has it.</param>
/// <param name="DeployedAt">When; absent in the answer to a deployment.</param>
/// <param name="WithdrawnAt">Since when nothing starts it any more.</param>
/// <param name="Xml">The file, where one version was asked for.</param>
/// <param name="Notices">What was taken and has no effect, in the answer to a deployment.</param>
/// <param name="Definitions">All that are deployed, when the file has more than one process.</param>
public sealed record Definition(
    string Id,
    int Version,
    string? Name = null,
    DateTimeOffset? DeployedAt = null,
    DateTimeOffset? WithdrawnAt = null,
    string? Xml = null,
    IReadOnlyList<JsonElement>? Notices = null,
    IReadOnlyList<Definition>? Definitions = null
);

/// <summary>An operation that is deployed, or was not long ago.</summary>
/// <param name="Name">E.g. <c>s3.put-object</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
/// <param name="State"><c>alive</c> or <c>gone</c>.</param>
/// <param name="Conflict">Whether services that are alive promise different things for it.</param>
/// <param name="Contract">The whole contract; null when no service has announced one.</param>
/// <param name="OfferedBy">The services that have it.</param>
public sealed record OfferedOperation(
    string Name,
    int Version,
    string Effect,
    string State,
    bool Conflict,
    JsonElement? Contract,
    IReadOnlyList<Offer> OfferedBy
);

/// <summary>A process that has an operation.</summary>
/// <param name="Service">The service.</param>
/// <param name="ServiceVersion">Its version.</param>
/// <param name="Instance">The process.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="State"><c>alive</c> or <c>gone</c>.</param>
public sealed record Offer(
    string Service,
    string? ServiceVersion,
    string? Instance,
    DateTimeOffset LastSeen,
    string State
);
