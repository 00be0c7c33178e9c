using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.Bus;

/// <summary>Events of the contract as messages: exchange, routing key, properties and body, in one place.</summary>
/// <param name="appId">The publisher: <c>app_id</c>.</param>
/// <param name="time">For <c>timestamp</c>.</param>
public sealed class EventMessages(string appId, TimeProvider time)
{
    // Bytes of a short string of AMQP.
    private const int ShortString = 255;

    /// <summary>To the service that has the operation.</summary>
    public OutgoingMessage Of(TaskRequested e) =>
        Create(
            Exchanges.Tasks,
            RoutingKeys.Task(e.Operation, e.Version),
            EventTypes.TaskRequested,
            e.TaskId,
            e.ReplyTo,
            e,
            e.Attempt > 1 ? VerbatimJson.Default.TaskRequested : ContractJson.Default.TaskRequested
        );

    /// <summary>To the engine that asked.</summary>
    public OutgoingMessage Of(TaskCompleted e) =>
        Result(EventTypes.TaskCompleted, e.TaskId, e.ReplyTo, e.Attempt, e, ContractJson.Default.TaskCompleted);

    /// <summary>To the engine that asked.</summary>
    public OutgoingMessage Of(TaskRejected e) =>
        Result(EventTypes.TaskRejected, e.TaskId, e.ReplyTo, e.Attempt, e, ContractJson.Default.TaskRejected);

    /// <summary>To the engine that asked.</summary>
    public OutgoingMessage Of(TaskIncident e) =>
        Result(EventTypes.TaskIncident, e.TaskId, e.ReplyTo, attempt: 1, e, ContractJson.Default.TaskIncident);

    /// <summary>To the engine that asked.</summary>
    public OutgoingMessage Of(TaskFailed e) =>
        Result(EventTypes.TaskFailed, e.TaskId, e.ReplyTo, e.Attempt, e, ContractJson.Default.TaskFailed);

    /// <summary>To error treatment, which decides what follows.</summary>
    public OutgoingMessage Of(TaskErrored e) =>
        Create(
            Exchanges.Errors,
            RoutingKeys.Error(e.Error.Category, e.Operation),
            EventTypes.TaskErrored,
            e.TaskId,
            e.Request?.ReplyTo ?? e.Source?.ReplyTo,
            e,
            VerbatimJson.Default.TaskErrored
        );

    /// <summary>To every service that has the operation, and to error treatment.</summary>
    public OutgoingMessage Of(TaskCancelled e) =>
        Create(
            Exchanges.Control,
            RoutingKeys.Cancel(e.Operation),
            EventTypes.TaskCancelled,
            e.TaskId,
            e.ReplyTo,
            e,
            ContractJson.Default.TaskCancelled
        );

    /// <summary>To every program that watches services.</summary>
    public OutgoingMessage Of(ServiceAnnounced e) =>
        Create(
            Exchanges.Control,
            RoutingKeys.Announce(e.Service.Name),
            EventTypes.ServiceAnnounced,
            correlationId: null,
            replyTo: null,
            e,
            ContractJson.Default.ServiceAnnounced
        );

    /// <summary>To every program that watches services.</summary>
    public OutgoingMessage Of(ServiceHeartbeat e) =>
        Create(
            Exchanges.Control,
            RoutingKeys.Heartbeat(e.Service.Name),
            EventTypes.ServiceHeartbeat,
            correlationId: null,
            replyTo: null,
            e,
            ContractJson.Default.ServiceHeartbeat
        );

    /// <summary>To the process engine.</summary>
    public OutgoingMessage Of(ProcessStart e) =>
        Create(
            Exchanges.Inbound,
            RoutingKeys.Start(e.Definition, e.Engine),
            EventTypes.ProcessStart,
            e.RequestId,
            e.ReplyTo,
            e,
            ContractJson.Default.ProcessStart
        );

    /// <summary>To the process engine.</summary>
    public OutgoingMessage Of(MessageReceived e) =>
        Create(
            Exchanges.Inbound,
            RoutingKeys.Message(e.Name, e.Engine),
            EventTypes.MessageReceived,
            e.RequestId,
            e.ReplyTo,
            e,
            ContractJson.Default.MessageReceived
        );

    /// <summary>To the requester of the instance.</summary>
    public OutgoingMessage Of(InstanceCompleted e) =>
        Result(
            EventTypes.InstanceCompleted,
            e.RequestId,
            e.ReplyTo,
            attempt: 1,
            e,
            ContractJson.Default.InstanceCompleted
        );

    /// <summary>To the requester of the instance, also of one that was not started.</summary>
    public OutgoingMessage Of(InstanceFailed e) =>
        Result(EventTypes.InstanceFailed, e.RequestId, e.ReplyTo, attempt: 1, e, ContractJson.Default.InstanceFailed);

    /// <summary>To the replicas of a service.</summary>
    public OutgoingMessage Of(AnnouncementRequested e) =>
        Create(
            Exchanges.Control,
            RoutingKeys.Describe(e.Service),
            EventTypes.AnnouncementRequested,
            correlationId: null,
            replyTo: null,
            e,
            ContractJson.Default.AnnouncementRequested
        );

    private OutgoingMessage Result<T>(
        string type,
        string correlationId,
        string replyTo,
        int attempt,
        T body,
        JsonTypeInfo<T> json
    ) => Create(Exchanges.Results, RoutingKeys.Result(replyTo, attempt), type, correlationId, replyTo, body, json);

    private OutgoingMessage Create<T>(
        string exchange,
        string routingKey,
        string type,
        string? correlationId,
        string? replyTo,
        T body,
        JsonTypeInfo<T> json
    ) =>
        new(
            exchange,
            routingKey,
            new MessageProperties
            {
                MessageId = Guid.CreateVersion7().ToString(),
                CorrelationId = OrNullIfTooLong(correlationId),
                Type = type,
                ReplyTo = OrNullIfTooLong(replyTo),
                AppId = appId,
                Timestamp = time.GetUtcNow(),
                TraceParent = Activity.Current?.Id,
                TraceState = Activity.Current?.TraceStateString,
            },
            JsonSerializer.SerializeToUtf8Bytes(body, json)
        );

    // The body has it in full; a property that the broker cannot take would keep the event from its reader.
    private static string? OrNullIfTooLong(string? name) =>
        name is { Length: > ShortString / 3 } && Encoding.UTF8.GetByteCount(name) > ShortString ? null : name;
}
