using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>Which record is which event.</summary>
internal static class ContractEvents
{
    public static IReadOnlyDictionary<string, JsonTypeInfo> ByType { get; } =
        new Dictionary<string, JsonTypeInfo>
        {
            [EventTypes.TaskRequested] = ContractJson.Default.TaskRequested,
            [EventTypes.TaskCompleted] = ContractJson.Default.TaskCompleted,
            [EventTypes.TaskRejected] = ContractJson.Default.TaskRejected,
            [EventTypes.TaskErrored] = ContractJson.Default.TaskErrored,
            [EventTypes.TaskIncident] = ContractJson.Default.TaskIncident,
            [EventTypes.TaskFailed] = ContractJson.Default.TaskFailed,
            [EventTypes.TaskCancelled] = ContractJson.Default.TaskCancelled,
            [EventTypes.ServiceAnnounced] = ContractJson.Default.ServiceAnnounced,
            [EventTypes.ServiceHeartbeat] = ContractJson.Default.ServiceHeartbeat,
            [EventTypes.ProcessStart] = ContractJson.Default.ProcessStart,
            [EventTypes.MessageReceived] = ContractJson.Default.MessageReceived,
            [EventTypes.InstanceCompleted] = ContractJson.Default.InstanceCompleted,
            [EventTypes.InstanceFailed] = ContractJson.Default.InstanceFailed,
            [EventTypes.AnnouncementRequested] = ContractJson.Default.AnnouncementRequested,
        };

    public static TheoryData<string> Types => [.. EventTypes.All];
}
