using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>Messages that no instance wanted in time go to error treatment; what is only kept to recognise it again is deleted.</summary>
internal sealed class Expiry(
    InstanceWriter writer,
    InstanceStore store,
    IDatabase database,
    ServiceDescription service,
    CoreOptions options,
    TimeProvider time
)
{
    private const string Expired = "message-expired";

    private readonly string _select = $"""
        select request_id, name, correlation_key, variables, tenant, trace_parent, trace_state, reply_to, engine
        from messages
        where taken_by is null and expires_at <= @now order by expires_at limit 256 {database.Dialect.SkipLocked}
        """;

    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var forgotten = now - (long)options.RequestRetention.TotalMilliseconds;
        await using (var connection = await database.OpenAsync(cancellation))
        {
            const string Any = """
                select 1 where exists (select 1 from messages where expires_at <= @now and taken_by is null)
                    or exists (select 1 from messages where expires_at <= @forgotten)
                    or exists (select 1 from inbox where taken_at <= @forgotten)
                """;
            if (await connection.ExecuteScalarAsync<int?>(Any, new { now, forgotten }) is null)
                return;
        }

        await writer.DoAsync(
            async (transaction, instances) =>
            {
                var outcome = await ReportAsync(transaction, instances, now);
                await ForgetAsync(transaction, forgotten);
                return [outcome];
            },
            cancellation
        );
    }

    private async Task<WorkResult> ReportAsync(DbTransaction transaction, InstanceTransaction instances, long now)
    {
        var connection = transaction.Connection!;
        var messages = (await connection.QueryAsync<ExpiredMessage>(_select, new { now }, transaction)).ToList();
        await database.ExecuteManyAsync(
            transaction,
            "update messages set taken_by = '' where request_id = @RequestId",
            messages.ConvertAll(message => new { message.RequestId }),
            CancellationToken.None
        );
        return new WorkResult(WorkResultKind.Done, "")
        {
            Messages = messages.ConvertAll(message =>
                instances.Send(
                    store.Messages.Of(ErrorOf(message)),
                    new TraceContext(message.TraceParent, message.TraceState)
                )
            ),
        };
    }

    private TaskErrored ErrorOf(ExpiredMessage message)
    {
        var body = BodyOf(message);
        return new TaskErrored(
            new ErrorInfo(
                ErrorCategory.Data,
                Expired,
                $"No process instance wanted the message \"{message.Name}\" with the correlation key "
                    + $"\"{message.CorrelationKey}\" before its time to live was over."
            ),
            time.GetUtcNow(),
            service.Reference,
            Source: new MessageSource(
                Exchanges.Inbound,
                RoutingKeys.Message(message.Name, EngineOf(message)),
                Excerpt(body),
                "text",
                body.Length,
                EventTypes.MessageReceived,
                MessageId: message.RequestId,
                CorrelationId: message.RequestId
            )
        );
    }

    /// <summary>The message as it was, so that publishing it again delivers it again.</summary>
    private byte[] BodyOf(ExpiredMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new MessageReceived(
                message.Name,
                JsonElement.Parse(message.Variables),
                message.RequestId,
                message.CorrelationKey,
                message.Tenant,
                EngineOf(message),
                message.ReplyTo
            ),
            ContractJson.Default.MessageReceived
        );

    // What came over HTTP names none; sent again, it must come back here and not to the default engine.
    private string? EngineOf(ExpiredMessage message) => message.Engine ?? (options.IsDefault ? null : options.Name);

    private static string Excerpt(byte[] body) =>
        Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, Limits.SourceBody)));

    private static async Task ForgetAsync(DbTransaction transaction, long forgotten)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            "delete from messages where expires_at <= @forgotten",
            new { forgotten },
            transaction
        );
        await connection.ExecuteAsync("delete from inbox where taken_at <= @forgotten", new { forgotten }, transaction);
    }

    private sealed class ExpiredMessage
    {
        public string RequestId { get; init; } = "";

        public string Name { get; init; } = "";

        public string? CorrelationKey { get; init; }

        public byte[] Variables { get; init; } = [];

        public string? Tenant { get; init; }

        public string? ReplyTo { get; init; }

        public string? Engine { get; init; }

        public string? TraceParent { get; init; }

        public string? TraceState { get; init; }
    }
}
