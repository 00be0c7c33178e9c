using System.Text.Json;

namespace Integration.Contracts;

/// <summary><c>process.start</c>: begin a process instance.</summary>
/// <param name="Definition">The BPMN process id. The routing key that it stands in has at most 255 bytes in UTF-8.</param>
/// <param name="Variables">A JSON object.</param>
/// <param name="RequestId">Repeating the same id starts nothing a second time.</param>
/// <param name="BusinessKey">What people call the case.</param>
/// <param name="Version">A certain version; otherwise the latest.</param>
/// <param name="Tenant">The tenant that the instance is for.</param>
/// <param name="Engine">Name of the engine that is to run it; absent, the default engine does.</param>
/// <param name="ReplyTo">
/// Who learns what became of the instance (<c>instance.completed</c>, <c>instance.failed</c>), a name without dots, like an
/// engine's. Absent, no event is sent.
/// </param>
public sealed record ProcessStart(
    string Definition,
    JsonElement Variables,
    string RequestId,
    string? BusinessKey = null,
    int? Version = null,
    string? Tenant = null,
    string? Engine = null,
    string? ReplyTo = null
);
