using Dapper;
using Integration.ErrorTreatment.Failures;
using Integration.Storage;

namespace Integration.ErrorTreatment.Storing;

/// <summary>Reads failures for the API.</summary>
internal sealed class FailureQueries(IDatabase database)
{
    /// <summary>Newest first.</summary>
    public async Task<List<Failure>> ListAsync(FailureFilter filter, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<FailureRow>(
            $"""
            select {FailureRow.Columns} from failures {Where(filter, withState: true, withAfter: true)}
            order by id desc limit @Limit
            """,
            Parameters(filter)
        );
        return [.. rows.Select(row => row.ToFailure())];
    }

    /// <summary>How many there are in each state, whatever state and page the filter asks for.</summary>
    public async Task<Dictionary<string, long>> CountAsync(FailureFilter filter, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<(string State, long Count)>(
            $"select state, count(*) from failures {Where(filter, withState: false, withAfter: false)} group by state",
            Parameters(filter)
        );
        var counts = rows.ToDictionary(row => row.State, row => row.Count, StringComparer.Ordinal);
        return FailureStates.Visible.ToDictionary(
            state => state.Name(),
            state => counts.GetValueOrDefault(state.Name()),
            StringComparer.Ordinal
        );
    }

    public async Task<Failure?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<FailureRow>(
            $"select {FailureRow.Columns} from failures where id = @id",
            new { id = Storable.Text(id) }
        );
        return row?.ToFailure();
    }

    public async Task<List<FailedAttempt>> AttemptsAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<AttemptRow>(
            "select failure_id, attempt, occurred_at, service, error from failure_attempts where failure_id = @id order by attempt",
            new { id }
        );
        return [.. rows.Select(row => row.ToAttempt())];
    }

    public async Task<List<HistoryEntry>> HistoryAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<HistoryRow>(
            "select failure_id, at, state, attempt, note, by_whom, verified_by from failure_history where failure_id = @id order by id",
            new { id }
        );
        return [.. rows.Select(row => row.ToEntry())];
    }

    private static string Where(FailureFilter filter, bool withState, bool withAfter)
    {
        List<string> conditions = [];
        if (withState && filter.State is not null)
            conditions.Add("state = @State");
        if (filter.Category is not null)
            conditions.Add("category = @Category");
        if (filter.Operation is not null)
            conditions.Add("operation = @Operation");
        if (filter.Process is not null)
            conditions.Add("process = @Process");
        if (filter.Text is not null)
            conditions.Add(@"search like @Pattern escape '\'");
        if (withAfter && filter.After is not null)
            conditions.Add("id < @After");
        return conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions);
    }

    private static object Parameters(FailureFilter filter) =>
        new
        {
            filter.State,
            filter.Category,
            filter.Operation,
            filter.Process,
            filter.After,
            Limit = (long)filter.Limit,
            Pattern = $"%{Escape(filter.Text ?? "")}%",
        };

    private static string Escape(string text) =>
        text.ToLowerInvariant()
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
