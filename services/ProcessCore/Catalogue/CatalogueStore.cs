using System.Text.Json;
using Dapper;
using Integration.Contracts;
using Integration.Storage;

namespace Integration.ProcessCore.Catalogue;

/// <summary>What services have announced, a row for each of their processes.</summary>
internal sealed class CatalogueStore(IDatabase database, CoreOptions options, TimeProvider time)
{
    private const string Upsert = """
        insert into contracts (service, instance, version, hash, operations, contracts, seen_at)
        values (@service, @instance, @version, @hash, @operations, @contracts, @seenAt)
        on conflict (service, instance) do update
        set version = @version, hash = @hash, operations = @operations, contracts = @contracts, seen_at = @seenAt
        where contracts.seen_at <= @seenAt
        """;

    private const string Known = """
        select 1 from contracts where service = @service and instance = @instance and (hash = @hash or @hash is null)
        """;

    private const string Seen = """
        update contracts set seen_at = @seenAt where service = @service and instance = @instance and seen_at < @seenAt
        """;

    /// <summary>Keeps an announcement, unless a later one of the same process is there.</summary>
    public Task<bool> KeepAsync(ServiceAnnounced e, DateTimeOffset seen, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
            {
                var parameters = new
                {
                    service = e.Service.Name,
                    instance = e.Service.Instance ?? "",
                    version = e.Service.Version,
                    hash = e.ContractHash,
                    operations = CatalogueJson.Bytes(e.Operations),
                    contracts = e.Contracts is { } contracts ? CatalogueJson.Bytes(contracts) : null,
                    seenAt = seen.ToUnixTimeMilliseconds(),
                };
                return await transaction.Connection!.ExecuteAsync(Upsert, parameters, transaction) > 0;
            },
            cancellation
        );

    /// <summary>The process is alive.</summary>
    /// <returns>Whether its contracts are known.</returns>
    public Task<bool> SeenAsync(ServiceHeartbeat e, DateTimeOffset seen, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
            {
                var parameters = new
                {
                    service = e.Service.Name,
                    instance = e.Service.Instance ?? "",
                    hash = e.ContractHash,
                    seenAt = seen.ToUnixTimeMilliseconds(),
                };
                await transaction.Connection!.ExecuteAsync(Seen, parameters, transaction);
                return await transaction.Connection!.ExecuteScalarAsync<int?>(Known, parameters, transaction)
                    is not null;
            },
            cancellation
        );

    /// <summary>All that services have announced, by service and instance.</summary>
    public async Task<IReadOnlyList<Catalogued>> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var command = new CommandDefinition(
            "select service, instance, version, hash, operations, contracts, seen_at from contracts order by service, instance",
            cancellationToken: cancellation
        );
        await using var reader = await connection.ExecuteReaderAsync(command);
        var rows = new List<Catalogued>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(
                new Catalogued(
                    reader.GetString(0),
                    reader.GetString(1) is { Length: > 0 } instance ? instance : null,
                    reader.IsDBNull(2) ? null : reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3),
                    CatalogueJson.Operations((byte[])reader.GetValue(4)),
                    reader.IsDBNull(5) ? null : JsonElement.Parse((byte[])reader.GetValue(5)),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6))
                )
            );
        return rows;
    }

    /// <summary>Deletes what was not heard of for too long.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var forgotten = (time.GetUtcNow() - options.ContractRetention).ToUnixTimeMilliseconds();
        await using (var connection = await database.OpenAsync(cancellation))
        {
            const string Any = "select 1 where exists (select 1 from contracts where seen_at <= @forgotten)";
            if (await connection.ExecuteScalarAsync<int?>(Any, new { forgotten }) is null)
                return;
        }

        await database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    "delete from contracts where seen_at <= @forgotten",
                    new { forgotten },
                    transaction
                ),
            cancellation
        );
    }
}
