namespace Integration.Contracts;

/// <summary>Where in which process a task comes from. Echoed on every event about the task; never interpreted by a service.</summary>
/// <param name="InstanceId">The process instance, in the engine's own notation.</param>
/// <param name="Definition">The BPMN process id, e.g. <c>credit-request</c>.</param>
/// <param name="Element">The id of the service task, e.g. <c>StoreContract</c>.</param>
/// <param name="BusinessKey">What people call the case, e.g. <c>CR-17</c>.</param>
public sealed record ProcessReference(
    string InstanceId,
    string Definition,
    string? Element = null,
    string? BusinessKey = null
);
