using System.Data.Common;
using System.Text.Json;
using Integration.Bus;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

internal sealed record InstanceRow(
    string Id,
    string Definition,
    int DefinitionVersion,
    string? BusinessKey,
    string Status,
    long StartedAt,
    long? EndedAt,
    long? NextDue,
    int Incidents,
    int Revision,
    byte[] State
)
{
    public static InstanceRow Of(InstanceState state, int revision) =>
        new(
            state.Id,
            state.Definition,
            state.Version,
            state.BusinessKey,
            Name(state.Status),
            state.StartedAt.ToUnixTimeMilliseconds(),
            state.EndedAt?.ToUnixTimeMilliseconds(),
            state.NextDue()?.ToUnixTimeMilliseconds(),
            state.Incidents.Count,
            revision,
            JsonSerializer.SerializeToUtf8Bytes(state, StateJson.Default.InstanceState)
        );

    /// <summary>As it stands in the table and in answers.</summary>
    public static string Name(InstanceStatus status) =>
        status switch
        {
            InstanceStatus.Running => "running",
            InstanceStatus.Completed => "completed",
            InstanceStatus.Failed => "failed",
            InstanceStatus.Cancelled => "cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
        };
}

internal sealed record HistoryRow(string InstanceId, int Revision, long At, byte[] Entries);

internal sealed record SubscriptionRow(
    string InstanceId,
    int ElementKey,
    string Message,
    string CorrelationKey,
    long OpenedAt
);

internal sealed record InboxRow(string RequestId, string InstanceId, long TakenAt);

/// <summary>A message that is to be published; its id is the message id, the same however often it is published.</summary>
internal sealed record OutboxRow(
    string Id,
    string Exchange,
    string RoutingKey,
    string Type,
    string? CorrelationId,
    string? ReplyTo,
    string? TraceParent,
    string? TraceState,
    long CreatedAt,
    long LeasedUntil,
    byte[] Body
) : IOutboxEntry<string>
{
    public static OutboxTable<OutboxRow> Table { get; } =
        new(
            "lease_until",
            [
                "exchange",
                "routing_key",
                "type",
                "correlation_id",
                "reply_to",
                "trace_parent",
                "trace_state",
                "created_at",
                "body",
            ],
            Read
        );

    public static OutboxRow Of(OutgoingMessage message, TraceContext trace, DateTimeOffset now, TimeSpan lease) =>
        new(
            message.Properties.MessageId!,
            message.Exchange,
            message.RoutingKey,
            message.Properties.Type!,
            message.Properties.CorrelationId,
            message.Properties.ReplyTo,
            trace.Parent,
            trace.State,
            now.ToUnixTimeMilliseconds(),
            (now + lease).ToUnixTimeMilliseconds(),
            message.Body.ToArray()
        );

    public OutgoingMessage ToMessage(string appId) =>
        new(
            Exchange,
            RoutingKey,
            new MessageProperties
            {
                MessageId = Id,
                CorrelationId = CorrelationId,
                Type = Type,
                ReplyTo = ReplyTo,
                AppId = appId,
                Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                TraceParent = TraceParent,
                TraceState = TraceState,
            },
            Body
        );

    // Its reader has leased it: what the column said is past.
    private static OutboxRow Read(DbDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            Text(reader, 4),
            Text(reader, 5),
            Text(reader, 6),
            Text(reader, 7),
            reader.GetInt64(8),
            LeasedUntil: 0,
            (byte[])reader.GetValue(9)
        );

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
