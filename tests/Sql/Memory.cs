using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Sql.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(SqlFixture sql, ITestOutputHelper output) : IClassFixture<SqlFixture>, IDisposable
{
    private const long Size = 200L * 1024 * 1024;

    private readonly TemporaryFolder _folder = new("memory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_of_200_MB_add_less_than_40_MB_in_both_directions()
    {
        await sql.ExecuteAsync("create table scans (name text primary key, scan bytea)");
        var small = await PeakAsync("sql.query", new { connection = "free", sql = "select 1 as n" });
        var put = await PeakAsync(
            "sql.execute",
            new
            {
                connection = "free",
                sql = "insert into scans (name, scan) values ('large', @scan)",
                parameters = new { scan = await FileAsync() },
                types = new { scan = "bytea" },
            }
        );
        var get = await PeakAsync("sql.query", Saved("select scan from scans", "value"));
        var rows = await PeakAsync(
            "sql.query",
            Saved("select n, repeat('x', 1024) as t from generate_series(1, 210000) n", "jsonLines")
        );

        output.WriteLine(
            $"peak: {small} MB for one row, {put} MB after a file of 200 MB in, {get} MB out, {rows} MB as rows"
        );
        (put - small).ShouldBeLessThan(40);
        (get - small).ShouldBeLessThan(40);
        (rows - small).ShouldBeLessThan(40);
        (await sql.ScalarAsync("select length(scan) from scans")).ShouldBe($"{Size}");
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Count(file => new FileInfo(file).Length >= Size)
            .ShouldBe(3);
    }

    private static object Saved(string text, string form) =>
        new
        {
            connection = "free",
            sql = text,
            fileStore = "folder",
            @as = form,
        };

    private async Task<FileReference> FileAsync()
    {
        await using var file = File.Create(_folder.Combine("large"));
        file.SetLength(Size);
        return new FileReference("folder", "large", Size, Convert.ToHexStringLower(await SHA256.HashDataAsync(file)));
    }

    private Task<long> PeakAsync(string operation, object inputs) =>
        TriedService.PeakAsync(
            "Sql",
            [
                "--Egress:AllowLoopback=true",
                .. SqlFixture.Connection("free", sql.PostgreSql),
                "--Sql:Connections:free:FreeSql=true",
                "--Sql:Connections:free:StatementTimeout=00:02:00",
                "--Files:Stores:folder:Kind=Folder",
                $"--Files:Stores:folder:Path={_folder.Path}",
            ],
            operation,
            inputs
        );
}
