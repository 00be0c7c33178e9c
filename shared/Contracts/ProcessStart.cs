using System.Text.Json;

namespace Integration.Contracts;

/// <summary><c>process.start</c>: begin a process instance.</summary>
/// <param name="Definition">The BPMN process id.</param>
/// <param name="Variables">A JSON object.</param>
/// <param name="RequestId">Repeating the same id starts nothing a second time.</param>
/// <param name="BusinessKey">What people call the case.</param>
/// <param name="Version">A certain version; otherwise the latest.</param>
/// <param name="Tenant">For whom.</param>
public sealed record ProcessStart(
    string Definition,
    JsonElement Variables,
    string RequestId,
    string? BusinessKey = null,
    int? Version = null,
    string? Tenant = null
);
