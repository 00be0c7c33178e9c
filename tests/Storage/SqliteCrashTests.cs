using System.Diagnostics;
using System.Globalization;
using Dapper;
using Integration.Fixtures;

namespace Integration.Storage.Tests;

/// <summary>A process that is killed while it writes loses nothing that it was told is committed.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("storage");

    private string File => _folder.Combine("rows.db");

    private string Journal => _folder.Combine("committed");

    [Fact]
    public async Task What_was_committed_outlives_a_kill()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using (var writer = Process.Start(Environment.ProcessPath!, [WriterProcess.Argument, File, Journal]))
        {
            var deadline = Stopwatch.StartNew();
            while (Committed().Count < 50)
            {
                deadline.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "the writer wrote nothing to lose");
                writer.HasExited.ShouldBeFalse();
                await Task.Delay(10, cancellation);
            }
            writer.Kill();
            await writer.WaitForExitAsync(cancellation);
        }

        await using var database = DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={File}" },
            "reader"
        );
        await using var connection = await database.OpenAsync(cancellation);
        var found = (await connection.QueryAsync<long>("select id from rows")).ToHashSet();
        Committed().ShouldAllBe(id => found.Contains(id));
        found.Count.ShouldBeInRange(50, Committed().Count + 1);
    }

    public void Dispose() => _folder.Dispose();

    private List<long> Committed()
    {
        if (!System.IO.File.Exists(Journal))
            return [];
        using var stream = new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        // The last piece has no end of line: empty, or cut off by the kill.
        return [.. lines[..^1].Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }
}
