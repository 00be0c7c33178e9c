using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Integration.Storage.PostgreSql;

/// <summary>PostgreSQL, for any number of replicas.</summary>
internal sealed class PostgreSqlDatabase : IDatabase
{
    /// <summary>Names the guard of migrations among the advisory locks of the database.</summary>
    private const long MigrationLock = 0x496E746567726174;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlStatements _statements = new();
    private readonly Repetition _repetition;
    private readonly TimeProvider _time;

    public PostgreSqlDatabase(NpgsqlConnectionStringBuilder settings, TimeProvider time, Random random)
    {
        DapperConventions.Apply();
        _settings = settings;
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Rounds that look for work belong to no trace, and would be one each.
        source.ConfigureTracing(tracing =>
            tracing
                .ConfigureCommandFilter(_ => Activity.Current is not null)
                .ConfigureBatchFilter(_ => Activity.Current is not null)
        );
        _source = source.Build();
        _repetition = new Repetition(time, random);
        _time = time;
    }

    public SqlDialect Dialect => SqlDialect.PostgreSql;

    /// <summary>
    /// Making the session read-only also finds out whether the pooled connection still lives: after a restart of the
    /// server none of them does.
    /// </summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = await _source.OpenConnectionAsync(cancellation);
            try
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "set default_transaction_read_only = on";
                await command.ExecuteNonQueryAsync(cancellation);
                return connection;
            }
            catch (Exception e)
            {
                await connection.DisposeAsync();
                if (attempt == Repetition.Most || !Repetition.Allowed(e, committing: false))
                    throw;
            }
            await _repetition.PauseAsync(attempt, cancellation);
        }
    }

    /// <summary>
    /// Repeatable read, so that a value which was read and then changed by another transaction is not overwritten: the
    /// transaction is run again. SQLite promises the same by having one writer.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation) =>
        WriteAsync(work, IsolationLevel.RepeatableRead, cancellation);

    public async Task<IReadOnlyList<int>> ExecuteManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        CancellationToken cancellation
    )
    {
        var affected = new int[parameters.Count];
        if (affected.Length == 0)
            return affected;
        await using var batch = _statements.Batch(transaction, sql, parameters);
        await batch.ExecuteNonQueryAsync(cancellation);
        for (var i = 0; i < affected.Length; i++)
            affected[i] = batch.BatchCommands[i].RecordsAffected;
        return affected;
    }

    public async Task<IReadOnlyList<TRow?>> FindManyAsync<T, TRow>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        Func<DbDataReader, TRow> read,
        CancellationToken cancellation
    )
    {
        var rows = new TRow?[parameters.Count];
        if (rows.Length == 0)
            return rows;
        await using var batch = _statements.Batch(transaction, sql, parameters);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 0; i < rows.Length; i++)
        {
            if (await reader.ReadAsync(cancellation))
                rows[i] = read(reader);
            await reader.NextResultAsync(cancellation);
        }
        return rows;
    }

    public async Task MigrateAsync(
        string component,
        IReadOnlyList<Migration> migrations,
        CancellationToken cancellation
    )
    {
        try
        {
            // Read committed: a process that waited for the lock must see what its holder has committed.
            await WriteAsync(
                async transaction =>
                {
                    await LockAsync(transaction, cancellation);
                    return await new Migrations(component, migrations, Dialect, _time.GetUtcNow()).ApplyAsync(
                        transaction,
                        cancellation
                    );
                },
                IsolationLevel.ReadCommitted,
                cancellation
            );
        }
        catch (NpgsqlException e) when (!e.IsTransient)
        {
            throw Unusable(e);
        }
    }

    public async Task PingAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            throw Unusable(e);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> WriteAsync<T>(
        Func<DbTransaction, Task<T>> work,
        IsolationLevel isolation,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(isolation, cancellation);
                var result = await work(transaction);
                committing = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception e) when (attempt < Repetition.Most && Repetition.Allowed(e, committing))
            {
                await _repetition.PauseAsync(attempt, cancellation);
            }
        }
    }

    private static Task LockAsync(DbTransaction transaction, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                "select pg_advisory_xact_lock(@MigrationLock)",
                new { MigrationLock },
                transaction,
                commandTimeout: 0,
                cancellationToken: cancellation
            )
        );

    private StorageException Unusable(NpgsqlException e) =>
        new(
            $"The PostgreSQL database {_settings.Database} at {_settings.Host}:{_settings.Port} cannot be used: {e.Message} "
                + "Check that the server runs, that Storage__ConnectionString is right (Host, Port, Database, Username, "
                + $"Password; SSL Mode is {_settings.SslMode}) and that the user may create tables.",
            e
        );
}
