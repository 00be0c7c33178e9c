using System.Data.Common;
using System.Text.Json;
using Dapper;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Api;

/// <summary>What the API reads.</summary>
internal sealed class Queries(IDatabase database)
{
    public async Task<IReadOnlyList<DefinitionAnswer>> DefinitionsAsync(CancellationToken cancellation) =>
        await ListAsync(
            "select id, version, name, deployed_at, withdrawn_at from definitions order by id, version desc",
            new { },
            reader => new DefinitionAnswer(
                reader.GetString(0),
                Int(reader, 1),
                Text(reader, 2),
                Time(reader, 3),
                WithdrawnAt: Time(reader, 4)
            ),
            cancellation
        );

    public async Task<DefinitionAnswer?> DefinitionAsync(string id, int version, CancellationToken cancellation) =>
        (
            await ListAsync(
                "select id, version, name, deployed_at, xml, withdrawn_at from definitions where id = @id and version = @version",
                new { id, version },
                reader => new DefinitionAnswer(
                    reader.GetString(0),
                    Int(reader, 1),
                    Text(reader, 2),
                    Time(reader, 3),
                    Xml: reader.GetString(4),
                    WithdrawnAt: Time(reader, 5)
                ),
                cancellation
            )
        ).FirstOrDefault();

    /// <summary>The youngest first, and behind which the next page begins.</summary>
    public async Task<(IReadOnlyList<InstanceSummary> Page, string? Next)> InstancesAsync(
        string? state,
        string? definition,
        string? businessKey,
        string? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var conditions = new List<string>();
        Add(state, "status = @state");
        Add(definition, "definition = @definition");
        Add(businessKey, "business_key = @businessKey");
        Add(after, "id < @after");
        var where = conditions.Count == 0 ? "" : $"where {string.Join(" and ", conditions)}";
        // One more than asked for, to see whether there is a next page.
        var found = await ListAsync(
            $"""
            select id, definition, definition_version, business_key, status, started_at, ended_at, incidents
            from instances {where} order by id desc limit @limit
            """,
            new
            {
                state,
                definition,
                businessKey,
                after,
                limit = limit + 1,
            },
            reader => new InstanceSummary(
                reader.GetString(0),
                reader.GetString(1),
                Int(reader, 2),
                Text(reader, 3),
                reader.GetString(4),
                Time(reader, 5)!.Value,
                Time(reader, 6),
                Int(reader, 7)
            ),
            cancellation
        );
        return found.Count > limit ? (found[..limit], found[limit - 1].Id) : (found, null);

        void Add(string? value, string condition)
        {
            if (value is not null)
                conditions.Add(condition);
        }
    }

    public async Task<InstanceState?> InstanceAsync(string id, CancellationToken cancellation) =>
        (
            await ListAsync("select state from instances where id = @id", new { id }, State, cancellation)
        ).FirstOrDefault();

    /// <summary>Those of the youngest instance first, and behind which instance the next page begins.</summary>
    public async Task<(IReadOnlyList<IncidentAnswer> Page, string? Next)> IncidentsAsync(
        string? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var states = await ListAsync(
            $"""
            select state from instances where incidents > 0 {(after is null ? "" : "and id < @after")}
            order by id desc limit @limit
            """,
            new { after, limit = limit + 1 },
            State,
            cancellation
        );
        var page = states.Count > limit ? states[..limit] : states;
        return (
            [.. from state in page from incident in state.Incidents select IncidentAnswer.Of(state, incident)],
            states.Count > limit ? page[^1].Id : null
        );
    }

    public async Task<IReadOnlyList<HistoryAnswer>> HistoryAsync(string id, CancellationToken cancellation)
    {
        var rows = await ListAsync(
            "select at, entries from history where instance_id = @id order by revision",
            new { id },
            reader =>
                (
                    At: Time(reader, 0)!.Value,
                    Entries: JsonSerializer.Deserialize(
                        (byte[])reader.GetValue(1),
                        StateJson.Default.IReadOnlyListHistoryEntry
                    )!
                ),
            cancellation
        );
        return
        [
            .. from row in rows
            from entry in row.Entries
            select new HistoryAnswer(row.At, entry.Type, entry.Element, entry.TaskId, entry.Detail, entry.By),
        ];
    }

    private async Task<List<T>> ListAsync<T>(
        string sql,
        object parameters,
        Func<DbDataReader, T> read,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenAsync(cancellation);
        var command = new CommandDefinition(sql, parameters, cancellationToken: cancellation);
        await using var reader = await connection.ExecuteReaderAsync(command);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    private static InstanceState State(DbDataReader reader) =>
        JsonSerializer.Deserialize((byte[])reader.GetValue(0), StateJson.Default.InstanceState)!;

    private static int Int(DbDataReader reader, int column) => Convert.ToInt32(reader.GetValue(column));

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
