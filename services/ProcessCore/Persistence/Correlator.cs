using System.Data.Common;
using System.Text.Json;
using Dapper;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// Brings a message and its taker together: the element that has waited longest for it, otherwise the process that it
/// starts, otherwise none yet. One message has one taker.
/// </summary>
internal sealed class Correlator(InstanceWriter writer, DefinitionStore definitions, IDatabase database)
{
    private readonly string _select = $"""
        select request_id, name, correlation_key, variables, tenant, trace_parent, trace_state, received_at, expires_at,
            reply_to, engine
        from messages where request_id = @requestId and taken_by is null {database.Dialect.SkipLocked}
        """;

    /// <summary>Looks for a taker.</summary>
    /// <returns>The instance that took it; null when it waits, or was taken before.</returns>
    public async Task<string?> CorrelateAsync(string requestId, CancellationToken cancellation)
    {
        var outcomes = await writer.DoAsync(
            async (transaction, instances) =>
                await TakeAsync(transaction, instances, requestId, cancellation) is { } outcome ? [outcome] : [],
            cancellation
        );
        return outcomes is [var outcome] ? outcome.InstanceId : null;
    }

    private async Task<WorkResult?> TakeAsync(
        DbTransaction transaction,
        InstanceTransaction instances,
        string requestId,
        CancellationToken cancellation
    )
    {
        var connection = transaction.Connection!;
        await using var reader = await connection.ExecuteReaderAsync(_select, new { requestId }, transaction);
        var message = reader.Read() ? Read(reader) : null;
        await reader.CloseAsync();
        if (message is null)
            return null;

        var outcome =
            await DeliverAsync(transaction, instances, message)
            ?? await StartAsync(transaction, instances, message, cancellation);
        if (outcome is not null)
            await connection.ExecuteAsync(
                "update messages set taken_by = @InstanceId where request_id = @requestId",
                new { outcome.InstanceId, requestId },
                transaction
            );
        return outcome;
    }

    private static async Task<WorkResult?> DeliverAsync(
        DbTransaction transaction,
        InstanceTransaction instances,
        MessageRow message
    )
    {
        if (message.CorrelationKey is null)
            return null;
        var waiting = await transaction.Connection!.QueryAsync<Waiting>(
            """
            select instance_id, element_key from subscriptions
            where message = @Name and correlation_key = @CorrelationKey
            order by opened_at, instance_id, element_key limit 16
            """,
            new { message.Name, message.CorrelationKey },
            transaction
        );
        foreach (var subscription in waiting)
        {
            await instances.LoadAsync([subscription.InstanceId]);
            var command = new DeliverMessage(subscription.ElementKey, JsonElement.Parse(message.Variables));
            // Refused when the element was left while we waited for the lock: then the next one may have it.
            var outcome = instances.Apply(new InstanceWork(subscription.InstanceId, command, message.Trace));
            if (outcome.Kind == WorkResultKind.Done)
                return outcome;
        }

        return null;
    }

    private async Task<WorkResult?> StartAsync(
        DbTransaction transaction,
        InstanceTransaction instances,
        MessageRow message,
        CancellationToken cancellation
    )
    {
        var id = await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
            "select definition from message_starts where message = @Name",
            new { message.Name },
            transaction
        );
        if (id is null || await definitions.FindAsync(id, version: null, cancellation) is not { } definition)
            return null;
        var start = definition.Model.MessageStarts.FirstOrDefault(start => start.Message == message.Name);
        if (start is null)
            return null;
        var command = new Start(
            Guid.CreateVersion7().ToString(),
            start.Id,
            JsonElement.Parse(message.Variables),
            message.CorrelationKey,
            message.Tenant,
            message.TraceParent,
            message.RequestId,
            message.ReplyTo
        );
        return instances.Start(new StartWork(definition, command, RequestId: null, message.Trace));
    }

    private static MessageRow Read(DbDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            Text(reader, 2),
            (byte[])reader.GetValue(3),
            Text(reader, 4),
            Text(reader, 5),
            Text(reader, 6),
            reader.GetInt64(7),
            reader.GetInt64(8),
            Text(reader, 9),
            Text(reader, 10)
        );

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed class Waiting
    {
        public string InstanceId { get; init; } = "";

        public int ElementKey { get; init; }
    }
}
