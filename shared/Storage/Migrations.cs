using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Integration.Storage;

/// <summary>Applies what a database is missing, in the transaction that holds the guard: all of it or nothing.</summary>
internal sealed class Migrations(
    string component,
    IReadOnlyList<Migration> migrations,
    SqlDialect dialect,
    DateTimeOffset now
)
{
    /// <returns>The number of migrations applied.</returns>
    /// <exception cref="StorageException">The database is newer than this program, or a migration failed.</exception>
    public async Task<int> ApplyAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        CheckOrder();
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            """
            create table if not exists schema_versions (
                component text not null,
                version bigint not null,
                applied_at text not null,
                primary key (component, version)
            )
            """,
            transaction: transaction
        );
        var present = await connection.ExecuteScalarAsync<long>(
            "select coalesce(max(version), 0) from schema_versions where component = @component",
            new { component },
            transaction
        );
        if (present > migrations.Count)
            throw new StorageException(
                $"The tables of {component} are at version {present}, but this program knows only up to version "
                    + $"{migrations.Count}. A newer release has used this database: run that release or a later one, or "
                    + "restore the backup that was taken before it was deployed."
            );
        var missing = migrations.Skip((int)present).ToList();
        foreach (var migration in missing)
            await ApplyAsync(transaction, migration, cancellation);
        return missing.Count;
    }

    private async Task ApplyAsync(DbTransaction transaction, Migration migration, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var connection = transaction.Connection!;
        try
        {
            await connection.ExecuteAsync(
                new CommandDefinition(
                    dialect.Translate(migration.Sql),
                    transaction: transaction,
                    commandTimeout: 0,
                    cancellationToken: cancellation
                )
            );
        }
        catch (DbException e)
        {
            throw new StorageException(
                $"Migration {migration.Version} of {component} failed and nothing of it was applied: {e.Message}",
                e
            );
        }
        await connection.ExecuteAsync(
            "insert into schema_versions (component, version, applied_at) values (@component, @version, @appliedAt)",
            new
            {
                component,
                version = (long)migration.Version,
                appliedAt = now.ToString("O", CultureInfo.InvariantCulture),
            },
            transaction
        );
    }

    private void CheckOrder()
    {
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Version != i + 1)
                throw new StorageException(
                    $"Migration {i + 1} of {component} has version {migrations[i].Version}: versions are 1, 2, 3 … without gaps."
                );
        }
    }
}
