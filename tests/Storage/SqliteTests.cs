using System.Runtime.Versioning;

namespace Integration.Storage.Tests;

/// <summary>The contract on SQLite, and what only SQLite promises.</summary>
public sealed class SqliteTests : DatabaseContract
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "storage-" + Guid.NewGuid().ToString("N"));

    private string File => Path.Combine(_folder, "state", "notes.db");

    protected override Task PrepareAsync() => Task.CompletedTask;

    protected override Task RemoveAsync()
    {
        Directory.Delete(_folder, recursive: true);
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
}
