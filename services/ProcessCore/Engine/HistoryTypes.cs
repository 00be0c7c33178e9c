namespace Integration.ProcessCore.Engine;

/// <summary>What a line of history is about.</summary>
internal static class HistoryTypes
{
    public const string InstanceStarted = "instance.started";
    public const string InstanceCompleted = "instance.completed";
    public const string InstanceFailed = "instance.failed";
    public const string InstanceCancelled = "instance.cancelled";
    public const string ElementEntered = "element.entered";
    public const string ElementLeft = "element.left";
    public const string ElementInterrupted = "element.interrupted";
    public const string FlowTaken = "flow.taken";
    public const string TaskRequested = "task.requested";
    public const string TaskCompleted = "task.completed";
    public const string TaskRejected = "task.rejected";
    public const string TaskFailed = "task.failed";
    public const string TaskOverdue = "task.overdue";
    public const string TaskCancelled = "task.cancelled";
    public const string ResultIgnored = "result.ignored";
    public const string TimerFired = "timer.fired";
    public const string MessageReceived = "message.received";
    public const string MappingNull = "mapping.null";
    public const string VariablesSet = "variables.set";
    public const string IncidentRaised = "incident.raised";
    public const string IncidentResolved = "incident.resolved";
    public const string IncidentRetried = "incident.retried";
}
