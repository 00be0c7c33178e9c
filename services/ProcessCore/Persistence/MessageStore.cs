using Dapper;
using Integration.Contracts;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// Messages from outside. Each is written down first and looked for a taker afterwards; an instance that begins to wait
/// does the same the other way round. As each is committed before it looks, the later of the two always finds the other.
/// </summary>
internal sealed class MessageStore(IDatabase database, CoreOptions options, TimeProvider time) : IAsyncDisposable
{
    // One that has expired was not delivered: sent again, it counts again.
    private const string Insert = """
        insert into messages (request_id, name, correlation_key, variables, tenant, trace_parent, trace_state,
            received_at, expires_at, reply_to, engine)
        values (@RequestId, @Name, @CorrelationKey, @Variables, @Tenant, @TraceParent, @TraceState,
            @ReceivedAt, @ExpiresAt, @ReplyTo, @Engine)
        on conflict (request_id) do update
        set name = @Name, correlation_key = @CorrelationKey, variables = @Variables, tenant = @Tenant,
            trace_parent = @TraceParent, trace_state = @TraceState, received_at = @ReceivedAt, expires_at = @ExpiresAt,
            reply_to = @ReplyTo, engine = @Engine, taken_by = null
        where messages.taken_by = ''
        """;

    private readonly GroupedWrites<MessageRow, bool> _writes = new(
        database,
        async (transaction, rows, cancellation) =>
        {
            var ordered = rows.OrderBy(row => row.RequestId, StringComparer.Ordinal).ToList();
            var taken = await database.ExecuteManyAsync(transaction, Insert, ordered, cancellation);
            var isNew = ordered
                .Zip(taken, (row, count) => (row, count > 0))
                .ToDictionary<(MessageRow Row, bool IsNew), MessageRow, bool>(
                    pair => pair.Row,
                    pair => pair.IsNew,
                    ReferenceEqualityComparer.Instance
                );
            return [.. rows.Select(row => isNew[row])];
        }
    );

    /// <summary>Writes the message down.</summary>
    /// <returns>False when its request id is known: it was taken before.</returns>
    public Task<bool> KeepAsync(MessageReceived message, TraceContext trace, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return _writes.SubmitAsync(
            new MessageRow(
                message.RequestId,
                message.Name,
                message.CorrelationKey,
                System.Text.Encoding.UTF8.GetBytes(message.Variables.GetRawText()),
                message.Tenant,
                trace.Parent,
                trace.State,
                now.ToUnixTimeMilliseconds(),
                (now + options.MessageTimeToLive).ToUnixTimeMilliseconds(),
                message.ReplyTo,
                message.Engine
            ),
            cancellation
        );
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    /// <summary>The messages that wait for a taker.</summary>
    public async Task<IReadOnlyList<string>> WaitingForAsync(
        IReadOnlyList<SubscriptionRow> subscriptions,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenAsync(cancellation);
        var found = new List<string>();
        foreach (var subscription in subscriptions)
            found.AddRange(
                await connection.QueryAsync<string>(
                    """
                    select request_id from messages
                    where name = @Message and correlation_key = @CorrelationKey and taken_by is null
                    order by received_at
                    """,
                    subscription
                )
            );
        return found;
    }

    /// <summary>Messages with an instance that waits for them, still apart: what a crash left behind.</summary>
    public async Task<IReadOnlyList<string>> LeftOverAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return
        [
            .. await connection.QueryAsync<string>(
                """
                select distinct m.request_id from messages m
                where m.taken_by is null and (
                    exists (select 1 from subscriptions s
                        where s.message = m.name and s.correlation_key = m.correlation_key)
                    or exists (select 1 from message_starts d where d.message = m.name))
                limit 256
                """
            ),
        ];
    }
}
