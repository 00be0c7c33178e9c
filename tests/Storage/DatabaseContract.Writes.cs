using Dapper;

namespace Integration.Storage.Tests;

public abstract partial class DatabaseContract
{
    [Fact]
    public async Task What_was_written_is_there_when_the_database_is_opened_again()
    {
        await ExecuteAsync("insert into notes (id, content) values ('a', 'kept')");
        await Database.DisposeAsync();

        await using var connection = await Open().OpenAsync(Cancellation);
        (await connection.ExecuteScalarAsync<string>("select content from notes where id = 'a'")).ShouldBe("kept");
    }

    [Fact]
    public async Task Work_that_throws_is_undone_and_the_exception_reaches_the_caller()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            Database.WriteAsync<int>(
                async tx =>
                {
                    await tx.Connection!.ExecuteAsync("insert into notes (id) values ('a')", transaction: tx);
                    throw new InvalidOperationException("changed my mind");
                },
                Cancellation
            )
        );

        error.Message.ShouldBe("changed my mind");
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(0);
        await ExecuteAsync("insert into notes (id) values ('b')");
    }

    [Fact]
    public async Task A_statement_that_fails_undoes_the_whole_write()
    {
        await ExecuteAsync("insert into notes (id) values ('a')");

        await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            ExecuteAsync("insert into notes (id) values ('b'); insert into notes (id) values ('a');")
        );

        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(1);
    }

    [Fact]
    public async Task Increments_at_the_same_time_are_not_lost()
    {
        var replicas = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => ReadThenIncrementAsync(replicas[i % replicas.Count])))
        );

        (await ReadAsync<long>("select value from counters where id = 'one'")).ShouldBe(40);
    }

    [Fact]
    public async Task A_cancelled_write_is_not_begun()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Database.WriteAsync(
                tx => tx.Connection!.ExecuteAsync("insert into notes (id) values ('a')", transaction: tx),
                cancelled.Token
            )
        );

        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(0);
    }

    [Fact]
    public async Task A_reading_connection_refuses_to_write()
    {
        await using var connection = await Database.OpenAsync(Cancellation);

        await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            connection.ExecuteAsync("insert into notes (id) values ('a')")
        );
    }

    [Fact]
    public async Task Readers_see_what_is_committed_and_nothing_else()
    {
        await ExecuteAsync("insert into notes (id) values ('a')");
        var seenInside = 0L;

        await Database.WriteAsync(
            async tx =>
            {
                await tx.Connection!.ExecuteAsync("insert into notes (id) values ('b')", transaction: tx);
                seenInside = await ReadAsync<long>("select count(*) from notes");
                return 0;
            },
            Cancellation
        );

        seenInside.ShouldBe(1);
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(2);
    }

    [Fact]
    public async Task Underscored_columns_fill_properties()
    {
        await using var connection = await Database.OpenAsync(Cancellation);

        var row = await connection.QuerySingleAsync<VersionRow>("select * from schema_versions");

        row.Component.ShouldBe("test");
        row.AppliedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Rows_to_take_are_selected_in_the_words_of_the_database()
    {
        await ExecuteAsync("insert into notes (id) values ('a')");

        var taken = await Database.WriteAsync(
            tx =>
                tx.Connection!.ExecuteScalarAsync<string>(
                    $"select id from notes order by id limit 1 {Database.Dialect.SkipLocked}",
                    transaction: tx
                ),
            Cancellation
        );

        taken.ShouldBe("a");
    }

    [Fact]
    public async Task A_write_after_closing_is_refused()
    {
        await Database.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => ExecuteAsync("insert into notes (id) values ('a')"));
    }

    [Fact]
    public async Task It_answers_a_ping() => await Database.PingAsync(Cancellation);

    private static async Task<int> ReadThenIncrementAsync(IDatabase database) =>
        await database.WriteAsync(
            async tx =>
            {
                var value = await tx.Connection!.ExecuteScalarAsync<long>(
                    "select value from counters where id = 'one'",
                    transaction: tx
                );
                return await tx.Connection!.ExecuteAsync(
                    "update counters set value = @next where id = 'one'",
                    new { next = value + 1 },
                    tx
                );
            },
            Cancellation
        );

    private sealed record VersionRow
    {
        public string Component { get; init; } = "";
        public string? AppliedAt { get; init; }
    }
}
