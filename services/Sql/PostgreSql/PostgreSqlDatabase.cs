using Integration.Errors;
using Integration.Files;
using Integration.Sql.Running;
using Integration.Sql.Settings;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>Transactions on a PostgreSQL server.</summary>
internal sealed class PostgreSqlDatabase(
    PostgreSqlPool pool,
    TransactionIsolation isolation,
    IFileStores files,
    TimeProvider time
) : ISqlDatabase
{
    /// <summary>The server keeps the timeout; this is for a server that does not answer at all.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _commitTimeout = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<StatementResult>> RunAsync(TransactionWork work, CancellationToken cancellation)
    {
        await using var connection = await BeginAsync(work, cancellation);
        var results = new List<StatementResult>(work.Calls.Count);
        var timeout = work.Calls[0].Timeout;
        var (rows, bytes) = (work.MaxRows, work.MaxBytes);
        foreach (var call in work.Calls)
        {
            if (call.Timeout != timeout)
                await AskAsync(connection, Timeout(timeout = call.Timeout), cancellation);
            var left = work with { MaxRows = rows, MaxBytes = bytes };
            var (result, size) = await PatientlyAsync(
                call,
                call.Timeout,
                patience => PostgreSqlExecution.RunAsync(connection, call, left, files, patience),
                cancellation
            );
            DeclaredErrors.Check(call, result);
            results.Add(result);
            (rows, bytes) = (rows - (result.Rows?.Count ?? 0), bytes - size);
        }

        if (results.Exists(result => result.Truncated))
            return results;
        long? number = work.ReadOnly ? null : await NumberAsync(connection, cancellation);
        cancellation.ThrowIfCancellationRequested();
        await CommitAsync(connection, work, number);
        return results;
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>
    /// A transaction that has begun at the server. That is also how a pooled connection that died meanwhile is found out:
    /// nothing was executed on it, so another one is taken.
    /// </summary>
    private async Task<NpgsqlConnection> BeginAsync(TransactionWork work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = await pool.OpenAsync(cancellation);
            try
            {
                await AskAsync(connection, Beginning(work), cancellation);
                return connection;
            }
            catch (Exception e)
            {
                await connection.DisposeAsync();
                if (e is not NpgsqlException failure)
                    throw;
                if (attempt == 2)
                    throw Failure(failure, null);
                pool.Clear();
            }
        }
    }

    private string Beginning(TransactionWork work)
    {
        var level = isolation switch
        {
            TransactionIsolation.Serializable => "serializable",
            TransactionIsolation.RepeatableRead => "repeatable read",
            _ => "read committed",
        };
        // After a first query the server does not let a transaction become writable again.
        return $"begin isolation level {level} {(work.ReadOnly ? "read only" : "read write")}; "
            + Timeout(work.Calls[0].Timeout)
            + (work.ReadOnly ? "; select" : "");
    }

    private static string Timeout(TimeSpan timeout) =>
        $"set local statement_timeout = {Math.Max(1, (long)timeout.TotalMilliseconds)}";

    private async Task AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException($"{pool.Target} does not answer.", e);
        }
    }

    private async Task<T> PatientlyAsync<T>(
        StatementCall call,
        TimeSpan timeout,
        Func<CancellationToken, Task<T>> run,
        CancellationToken cancellation
    )
    {
        using var patience = new CancellationTokenSource(timeout + _grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await run(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectivityErrorException(
                "timeout",
                $"'{call.Name}' on {pool.Target} had no answer within {timeout.TotalSeconds:0.###} s and was given up.",
                e
            )
            {
                Target = pool.Target,
            };
        }
        catch (Exception e) when (e is NpgsqlException or IOException)
        {
            throw Failure(e, call);
        }
        catch (NotSupportedException e)
        {
            throw new DataErrorException(
                "refused",
                $"'{call.Name}' on {pool.Target} asks for what this service does not do, such as COPY from or to its caller.",
                e
            )
            {
                Target = pool.Target,
            };
        }
    }

    /// <summary>
    /// Not cancelled any more: until here everything is undone with the connection, and only now it could be unknown
    /// whether it was.
    /// </summary>
    private async Task CommitAsync(NpgsqlConnection connection, TransactionWork work, long? number)
    {
        using var patience = new CancellationTokenSource(_commitTimeout, time);
        try
        {
            await using var command = new NpgsqlCommand("commit", connection);
            await command.ExecuteNonQueryAsync(patience.Token);
        }
        catch (PostgresException e) when (!IsEnd(e))
        {
            // Deferred constraints and serialization are checked here.
            var failure = PostgreSqlFailure.Of(e);
            throw work.Calls.Select(call => DeclaredErrors.Find(call, failure))
                .FirstOrDefault(found => found is not null)
                ?? FailureErrors.Of(failure, work.Calls.Count == 1 ? work.Calls[0] : null, pool.Target, e);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException)
        {
            pool.Clear();
            var committed = number is null ? false : await new CommitFate(pool, time).AskAsync(number.Value);
            if (committed != true)
                throw Lost(e, committed is null);
        }
    }

    /// <summary>
    /// Whether it is about the connection rather than the transaction: what a server says that is stopped, or a proxy that has
    /// lost its server behind the commit.
    /// </summary>
    private static bool IsEnd(PostgresException e) =>
        e.InvariantSeverity is "FATAL" or "PANIC"
        || e.SqlState.StartsWith("08", StringComparison.Ordinal)
        || e.SqlState.StartsWith("57P", StringComparison.Ordinal);

    private async Task<long> NumberAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await CommitFate.NumberAsync(connection, both.Token);
        }
        catch (Exception e) when (e is NpgsqlException or IOException)
        {
            throw Failure(e, null);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Lost(e, unknown: false);
        }
    }

    private ConnectivityErrorException Lost(Exception cause, bool unknown) =>
        new(
            "connection-lost",
            unknown
                ? $"The connection to {pool.Target} was lost while the transaction was committed, and the server could not be "
                    + "asked what became of it."
                : $"The connection to {pool.Target} was lost before the commit, so the database undoes what was done.",
            cause
        )
        {
            Target = pool.Target,
            EffectUnknown = unknown,
        };

    private TaskErrorException Failure(Exception e, StatementCall? call) =>
        e is PostgresException answer
            ? FailureErrors.Of(PostgreSqlFailure.Of(answer), call, pool.Target, e)
            : Lost(e, unknown: false);
}
