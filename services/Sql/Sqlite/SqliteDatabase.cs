using Integration.Errors;
using Integration.Files;
using Integration.Sql.Running;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integration.Sql.Sqlite;

/// <summary>Transactions on a SQLite file. SQLite works in the calling thread, so a thread of the pool is taken.</summary>
internal sealed class SqliteDatabase(string path, string target, int largestValue, IFileStores files, TimeProvider time)
    : ISqlDatabase
{
    /// <summary>Of sqlite3_limit: bytes of a value, and of a row.</summary>
    private const int LimitLength = 0;

    /// <summary>Of sqlite3_limit: how many further files a connection may open.</summary>
    private const int LimitAttached = 7;

    public async Task<IReadOnlyList<StatementResult>> RunAsync(TransactionWork work, CancellationToken cancellation)
    {
        // Before the lock is taken: a file store is slower than anything that waits for it.
        var contents = new List<IReadOnlyDictionary<string, byte[]>>();
        foreach (var call in work.Calls)
            contents.Add(await SqliteFiles.ReadAsync(call, files, cancellation));
        return await Task.Run(() => RunAsTransaction(work, contents, cancellation), cancellation);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var readOnly in new[] { false, true })
        {
            using var connection = new SqliteConnection(ConnectionString(readOnly));
            SqliteConnection.ClearPool(connection);
        }

        return ValueTask.CompletedTask;
    }

    private IReadOnlyList<StatementResult> RunAsTransaction(
        TransactionWork work,
        List<IReadOnlyDictionary<string, byte[]>> contents,
        CancellationToken cancellation
    )
    {
        StatementCall? current = null;
        try
        {
            using var connection = Open(work.ReadOnly);
            using var transaction = Begin(connection, work, cancellation);
            var results = new List<StatementResult>(work.Calls.Count);
            var (rows, bytes) = (work.MaxRows, work.MaxBytes);
            foreach (var call in work.Calls)
            {
                current = call;
                var left = work with { MaxRows = rows, MaxBytes = bytes };
                var (result, size) = Patiently(connection, call, contents[results.Count], left, cancellation);
                DeclaredErrors.Check(call, result);
                results.Add(result);
                (rows, bytes) = (rows - (result.Rows?.Count ?? 0), bytes - size);
            }

            cancellation.ThrowIfCancellationRequested();
            transaction.Commit();
            return results;
        }
        catch (SqliteException e)
        {
            throw FailureErrors.Of(SqliteFailure.Of(e), current, target, e);
        }
    }

    private SqliteConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString(readOnly));
        try
        {
            connection.Open();
            // ATTACH and VACUUM INTO would reach other files.
            raw.sqlite3_limit(connection.Handle, LimitAttached, 0);
            // A value is in memory as a whole before its length can be asked.
            raw.sqlite3_limit(connection.Handle, LimitLength, largestValue);
            using var command = connection.CreateCommand();
            command.CommandText = $"pragma foreign_keys = on; pragma query_only = {(readOnly ? 1 : 0)}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A writer begins by taking the lock, so that no two wait for each other.</summary>
    private SqliteTransaction Begin(SqliteConnection connection, TransactionWork work, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return connection.BeginTransaction(deferred: work.ReadOnly);
            }
            catch (SqliteException e)
                when (e.SqliteErrorCode == raw.SQLITE_BUSY && time.GetElapsedTime(started) < work.Calls[0].Timeout)
            {
                // Waited a second already, see ConnectionString.
            }
        }
    }

    private (StatementResult Result, int Bytes) Patiently(
        SqliteConnection connection,
        StatementCall call,
        IReadOnlyDictionary<string, byte[]> contents,
        TransactionWork limits,
        CancellationToken cancellation
    )
    {
        using var patience = new CancellationTokenSource(call.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var interruption = both.Token.UnsafeRegister(
            static handle => raw.sqlite3_interrupt((sqlite3)handle!),
            connection.Handle
        );
        try
        {
            return SqliteExecution.Run(connection, call, contents, limits, both.Token);
        }
        catch (Exception e)
            when (e is OperationCanceledException or SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT })
        {
            cancellation.ThrowIfCancellationRequested();
            throw new ConnectivityErrorException(
                "timeout",
                $"'{call.Name}' on {target} did not end within {call.Timeout.TotalSeconds:0.###} s and was undone. Look at the "
                    + "database, or raise its StatementTimeout.",
                e
            )
            {
                Target = target,
            };
        }
    }

    private string ConnectionString(bool readOnly) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            // Busy files are waited for in a loop that can be cancelled.
            DefaultTimeout = 1,
        }.ConnectionString;
}
