using Dapper;

namespace Integration.Storage.Tests;

/// <summary>What every database must do; each adapter inherits it and runs it on the real thing.</summary>
public abstract partial class DatabaseContract : IAsyncLifetime
{
    private static readonly Migration _notes = new(
        1,
        """
        create table notes (
            id text primary key,
            content text,
            bytes {blob},
            size bigint,
            done boolean,
            ratio double precision
        );
        create table counters (id text primary key, value bigint not null);
        insert into counters (id, value) values ('one', 0);
        create table lines (number {identity}, content text not null);
        """
    );

    private readonly List<IDatabase> _opened = [];

    /// <summary>One more adapter on the same database, as another replica has it.</summary>
    protected abstract IDatabase Create();

    /// <summary>Makes an empty database.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>Removes it.</summary>
    protected virtual Task RemoveAsync() => Task.CompletedTask;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected IDatabase Database { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Database = Open();
        await Database.MigrateAsync("test", [_notes], Cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var database in _opened)
            await database.DisposeAsync();
        await RemoveAsync();
    }

    private protected IDatabase Open()
    {
        var database = Create();
        _opened.Add(database);
        return database;
    }

    private protected Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Database.WriteAsync(tx => tx.Connection!.ExecuteAsync(sql, parameters, tx), Cancellation);

    private protected async Task<T?> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenAsync(Cancellation);
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }
}
