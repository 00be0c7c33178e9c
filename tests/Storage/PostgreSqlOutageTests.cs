using System.Data.Common;
using Dapper;
using Integration.Fixtures;

namespace Integration.Storage.Tests;

/// <summary>What a service lives through when its server goes away; on a server of its own, so that it may be stopped.</summary>
public sealed class PostgreSqlOutageTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private IDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new StorageOptions
        {
            Provider = StorageProvider.PostgreSql,
            ConnectionString = await server.CreateDatabaseAsync(),
        };
        _database = DatabaseFactory.Create(options, "test");
        await _database.MigrateAsync("test", [new(1, "create table notes (id text primary key)")], Cancellation);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_call_after_a_restart_works(bool killed)
    {
        await FillPoolAsync();

        await (killed ? server.KillAsync() : server.StopAsync());
        await server.StartAsync();
        await InsertAsync("written after the restart");

        await FillPoolAsync();
        await (killed ? server.KillAsync() : server.StopAsync());
        await server.StartAsync();
        await using var connection = await _database.OpenAsync(Cancellation);
        (await connection.ExecuteScalarAsync<long>("select count(*) from notes")).ShouldBe(1);
        await _database.PingAsync(Cancellation);
    }

    [Fact]
    public async Task While_it_is_away_a_whole_group_fails_and_says_why_and_later_ones_succeed()
    {
        await using var writes = new GroupedWrites<string, int>(
            _database,
            (transaction, ids, cancellation) =>
                _database.ExecuteManyAsync(
                    transaction,
                    "insert into notes (id) values (@Id)",
                    ids.Select(id => new { Id = id }).ToList(),
                    cancellation
                )
        );
        await writes.SubmitAsync("before", Cancellation);
        await server.StopAsync();

        var submitted = Enumerable.Range(0, 20).Select(i => writes.SubmitAsync($"{i}", Cancellation)).ToList();

        foreach (var write in submitted)
            await Should.ThrowAsync<DbException>(() => write);
        var error = await Should.ThrowAsync<StorageException>(() => _database.PingAsync(Cancellation));
        error.Message.ShouldContain("cannot be used");
        error.Message.ShouldContain("Storage__ConnectionString");
        error.Message.ShouldNotContain("Password=");

        await server.StartAsync();
        (await writes.SubmitAsync("after", Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_lost_before_the_commit_is_made_good()
    {
        var attempts = 0;

        await _database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    "insert into notes (id) values ('a')",
                    transaction: transaction
                );
                if (++attempts == 1)
                    await transaction.Connection!.ExecuteAsync(
                        "select pg_terminate_backend(pg_backend_pid())",
                        transaction: transaction
                    );
                return 0;
            },
            Cancellation
        );

        attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_whose_outcome_is_unknown_is_not_repeated()
    {
        await _database.MigrateAsync("trap", [new(1, ConnectionEndsInCommit)], Cancellation);
        var attempts = 0;

        await Should.ThrowAsync<DbException>(() =>
            _database.WriteAsync(
                transaction =>
                {
                    attempts++;
                    return transaction.Connection!.ExecuteAsync(
                        "insert into notes (id) values ('a')",
                        transaction: transaction
                    );
                },
                Cancellation
            )
        );

        attempts.ShouldBe(1);
    }

    private const string ConnectionEndsInCommit = """
        create function end_connection() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create constraint trigger ends after insert on notes deferrable initially deferred
        for each row execute function end_connection();
        """;

    private Task<int> InsertAsync(string id) =>
        _database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync("insert into notes (id) values (@id)", new { id }, transaction),
            Cancellation
        );

    /// <summary>Several connections that wait in the pool and die with the server.</summary>
    private async Task FillPoolAsync()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _database.OpenAsync(Cancellation)));
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }
}
