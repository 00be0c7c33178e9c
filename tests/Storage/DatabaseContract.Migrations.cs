using Dapper;

namespace Integration.Storage.Tests;

public abstract partial class DatabaseContract
{
    private static readonly Migration _second = new(2, "alter table notes add column author text;");

    [Fact]
    public async Task A_migration_is_applied_once()
    {
        await Database.MigrateAsync("test", [_notes], Cancellation);
        await Database.MigrateAsync("test", [_notes, _second], Cancellation);
        await Database.MigrateAsync("test", [_notes, _second], Cancellation);

        await ExecuteAsync("insert into notes (id, author) values ('a', 'somebody')");
        (await ReadAsync<long>("select count(*) from schema_versions where component = 'test'")).ShouldBe(2);
    }

    [Fact]
    public async Task Components_share_a_database_without_disturbing_each_other()
    {
        await Database.MigrateAsync("other", [new Migration(1, "create table others (id text);")], Cancellation);

        (await ReadAsync<long>("select version from schema_versions where component = 'other'")).ShouldBe(1);
        (await ReadAsync<long>("select version from schema_versions where component = 'test'")).ShouldBe(1);
    }

    [Fact]
    public async Task Replicas_that_start_at_the_same_moment_migrate_once()
    {
        var replicas = Enumerable.Range(0, 4).Select(_ => Open()).ToList();
        Migration[] migrations =
        [
            new(1, "create table shared (id bigint);"),
            new(2, "insert into shared (id) values (1);"),
        ];

        await Task.WhenAll(
            replicas.Select(replica => Task.Run(() => replica.MigrateAsync("shared", migrations, Cancellation)))
        );

        (await ReadAsync<long>("select count(*) from shared")).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_with_the_way_out()
    {
        await Database.MigrateAsync("test", [_notes, _second], Cancellation);

        var error = await Should.ThrowAsync<StorageException>(() =>
            Database.MigrateAsync("test", [_notes], Cancellation)
        );

        error.Message.ShouldContain("test are at version 2");
        error.Message.ShouldContain("only up to version 1");
        error.Message.ShouldContain("run that release or a later one");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_is_named()
    {
        Migration[] migrations =
        [
            new(1, "create table halves (id text);"),
            new(2, "create table wholes (id text); insert into nowhere (id) values (1);"),
        ];

        var error = await Should.ThrowAsync<StorageException>(() =>
            Database.MigrateAsync("broken", migrations, Cancellation)
        );

        error.Message.ShouldContain("Migration 2 of broken");
        (await ReadAsync<long>("select count(*) from schema_versions where component = 'broken'")).ShouldBe(0);
        await Database.MigrateAsync("broken", [migrations[0], new(2, "create table wholes (id text);")], Cancellation);
    }

    [Fact]
    public async Task Migrations_with_a_gap_are_refused()
    {
        var error = await Should.ThrowAsync<StorageException>(() =>
            Database.MigrateAsync("gap", [new Migration(1, "select 1;"), new Migration(3, "select 1;")], Cancellation)
        );

        error.Message.ShouldContain("Migration 2 of gap has version 3");
    }

    [Fact]
    public async Task An_identity_counts_by_itself()
    {
        await ExecuteAsync("insert into lines (content) values ('first')");
        await ExecuteAsync("insert into lines (content) values ('second')");

        await using var connection = await Database.OpenAsync(Cancellation);
        var numbers = await connection.QueryAsync<long>("select number from lines order by number");
        numbers.ShouldBe([1L, 2L]);
    }
}
