using System.Runtime.Versioning;
using Integration.Fixtures;

namespace Integration.Storage.Tests;

/// <summary>The contract on SQLite, and what only SQLite promises.</summary>
public sealed class SqliteTests : DatabaseContract
{
    private readonly TemporaryFolder _folder = new("storage");

    private string File => _folder.Combine("state", "notes.db");

    protected override Task PrepareAsync() => Task.CompletedTask;

    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected override IDatabase Create() =>
        DatabaseFactory.Create(new StorageOptions { ConnectionString = $"Data Source={File}" }, "test");

    [Fact]
    public async Task The_write_ahead_log_is_on() => (await ReadAsync<string>("pragma journal_mode")).ShouldBe("wal");

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_the_file_and_its_side_files()
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(File)!);
        files.Length.ShouldBeGreaterThanOrEqualTo(2);
        files.ShouldAllBe(f => System.IO.File.GetUnixFileMode(f) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_write_inside_a_write_is_refused_rather_than_waited_for()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Database.WriteAsync(_ => ExecuteAsync("insert into notes (id) values ('a')"), Cancellation)
        );
    }

    [Fact]
    public async Task A_file_that_another_process_keeps_locked_is_named_with_the_way_out()
    {
        await using var impatient = DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={File};Default Timeout=1" },
            "test"
        );
        await Database.WriteAsync(
            async _ =>
            {
                var error = await Should.ThrowAsync<StorageException>(() =>
                    impatient.WriteAsync(__ => Task.FromResult(0), Cancellation)
                );
                error.Message.ShouldContain(File);
                error.Message.ShouldContain("Storage__Provider to PostgreSql");
                return 0;
            },
            Cancellation
        );

        (await impatient.WriteAsync(_ => Task.FromResult("free again"), Cancellation)).ShouldBe("free again");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_the_way_out()
    {
        var file = _folder.Combine("letter.txt");
        await System.IO.File.WriteAllTextAsync(file, new string('x', 5000), Cancellation);
        await using var letter = DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={file}" },
            "test"
        );

        var error = await Should.ThrowAsync<StorageException>(() => letter.PingAsync(Cancellation));

        error.Message.ShouldContain(file);
        error.Message.ShouldContain("Check that it is an SQLite database");
        await Should.ThrowAsync<StorageException>(() => letter.MigrateAsync("test", [], Cancellation));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_setting()
    {
        var file = _folder.Combine("letter");
        await System.IO.File.WriteAllTextAsync(file, "not a folder", Cancellation);
        await using var database = DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={file}/below/x.db" },
            "test"
        );

        var error = await Should.ThrowAsync<StorageException>(() => database.PingAsync(Cancellation));

        error.Message.ShouldContain("Storage__ConnectionString");
    }

    [Fact]
    public async Task Foreign_keys_are_enforced()
    {
        await ExecuteAsync("create table parents (id text primary key)");
        await ExecuteAsync("create table children (id text primary key, parent text references parents (id))");

        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() =>
            ExecuteAsync("insert into children (id, parent) values ('a', 'nobody')")
        );
    }
}
