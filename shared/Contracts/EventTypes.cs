namespace Integration.Contracts;

/// <summary>The values of the AMQP property <c>type</c>.</summary>
public static class EventTypes
{
    /// <summary><see cref="Contracts.TaskRequested"/>.</summary>
    public const string TaskRequested = "task.requested";

    /// <summary><see cref="Contracts.TaskCompleted"/>.</summary>
    public const string TaskCompleted = "task.completed";

    /// <summary><see cref="Contracts.TaskRejected"/>.</summary>
    public const string TaskRejected = "task.rejected";

    /// <summary><see cref="Contracts.TaskErrored"/>.</summary>
    public const string TaskErrored = "task.errored";

    /// <summary><see cref="Contracts.TaskIncident"/>.</summary>
    public const string TaskIncident = "task.incident";

    /// <summary><see cref="Contracts.TaskFailed"/>.</summary>
    public const string TaskFailed = "task.failed";

    /// <summary><see cref="Contracts.TaskCancelled"/>.</summary>
    public const string TaskCancelled = "task.cancelled";

    /// <summary><see cref="Contracts.ServiceAnnounced"/>.</summary>
    public const string ServiceAnnounced = "service.announced";

    /// <summary><see cref="Contracts.ServiceHeartbeat"/>.</summary>
    public const string ServiceHeartbeat = "service.heartbeat";

    /// <summary><see cref="Contracts.ProcessStart"/>.</summary>
    public const string ProcessStart = "process.start";

    /// <summary><see cref="Contracts.MessageReceived"/>.</summary>
    public const string MessageReceived = "message.received";

    /// <summary><see cref="Contracts.InstanceCompleted"/>.</summary>
    public const string InstanceCompleted = "instance.completed";

    /// <summary><see cref="Contracts.InstanceFailed"/>.</summary>
    public const string InstanceFailed = "instance.failed";

    /// <summary><see cref="Contracts.AnnouncementRequested"/>.</summary>
    public const string AnnouncementRequested = "announcement.requested";

    /// <summary>All types of events of this release.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TaskRequested,
        TaskCompleted,
        TaskRejected,
        TaskErrored,
        TaskIncident,
        TaskFailed,
        TaskCancelled,
        ServiceAnnounced,
        ServiceHeartbeat,
        ProcessStart,
        MessageReceived,
        InstanceCompleted,
        InstanceFailed,
        AnnouncementRequested,
    ];
}
