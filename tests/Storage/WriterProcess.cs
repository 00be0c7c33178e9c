using System.Globalization;
using Dapper;

namespace Integration.Storage.Tests;

/// <summary>Writes row after row to a database, and notes in a file which of them were committed.</summary>
internal static class WriterProcess
{
    public const string Argument = "--write-until-killed";

    public static async Task<int> RunAsync(string file, string journal)
    {
        await using var database = DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={file}" },
            "writer"
        );
        await database.MigrateAsync("writer", [new(1, "create table rows (id bigint primary key)")], default);
        await using var committed = new StreamWriter(journal) { AutoFlush = true };
        for (var id = 1L; ; id++)
        {
            await database.WriteAsync(
                tx => tx.Connection!.ExecuteAsync("insert into rows (id) values (@id)", new { id }, tx),
                default
            );
            await committed.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture));
        }
    }
}
