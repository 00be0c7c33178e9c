using System.Data.Common;
using Dapper;
using Integration.Storage;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>The tokens of a service in its database.</summary>
internal sealed class TokenStore(IDatabase database, TimeProvider time, ILogger<TokenStore> log)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The token with this hash, also one that is over; null when there is none.</summary>
    public async Task<ApiToken?> FindAsync(string hash, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<ApiToken>(
            new CommandDefinition(
                $"select {ApiToken.Columns} from api_tokens where hash = @hash",
                new { hash },
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>Whether there is or was one.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<long?>(
            new CommandDefinition("select 1 from api_tokens limit 1", cancellationToken: cancellation)
        )
            is not null;
    }

    /// <summary>All of them, by name, those that are over last.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var tokens = await connection.QueryAsync<ApiToken>(
            new CommandDefinition(
                $"select {ApiToken.Columns} from api_tokens order by case when revoked_at is null then 0 else 1 end, name, id",
                cancellationToken: cancellation
            )
        );
        return [.. tokens];
    }

    /// <summary>Adds one; false when the name stands for another that is not revoked.</summary>
    public Task<bool> AddAsync(
        string name,
        string hash,
        ApiRole role,
        DateTimeOffset? expires,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            transaction =>
                AddAsync(transaction, name, hash, role.Name(), ApiToken.Made, expires?.ToUnixTimeMilliseconds()),
            cancellation
        );

    /// <summary>Ends one at once, everywhere; false when there is none of this name.</summary>
    public Task<bool> RevokeAsync(string name, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
                await transaction.Connection!.ExecuteAsync(
                    "update api_tokens set revoked_at = @now where name = @name and revoked_at is null",
                    new { name, now = Now },
                    transaction
                ) > 0,
            cancellation
        );

    /// <summary>Notes that it was used.</summary>
    public Task UsedAsync(ApiToken token, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    "update api_tokens set last_used_at = @now where id = @id",
                    new { id = token.Id, now = Now },
                    transaction
                ),
            cancellation
        );

    /// <summary>
    /// Has the table hold what the settings say: adds what is new, ends what is no longer there. One that was revoked by the command
    /// stays so.
    /// </summary>
    /// <exception cref="StartRefusedException">A token that was made by the command has the name of one in the settings.</exception>
    public async Task KeepConfiguredAsync(
        IReadOnlyDictionary<string, ConfiguredToken> configured,
        CancellationToken cancellation
    )
    {
        var revoked = await database.WriteAsync(
            async transaction =>
            {
                var present = await transaction.Connection!.QueryAsync<ApiToken>(
                    $"select {ApiToken.Columns} from api_tokens",
                    transaction: transaction
                );
                return await KeepAsync(transaction, configured, [.. present]);
            },
            cancellation
        );
        foreach (var name in revoked)
            log.LogWarning(
                "The token of Api__Tokens__{Name} was revoked and stays so. Set another hash, or remove the setting.",
                name
            );
    }

    private async Task<IReadOnlyList<string>> KeepAsync(
        DbTransaction transaction,
        IReadOnlyDictionary<string, ConfiguredToken> configured,
        List<ApiToken> present
    )
    {
        foreach (var gone in present.Where(token => token is { Origin: ApiToken.Configured, RevokedAt: null }))
        {
            if (!configured.TryGetValue(gone.Name, out var setting) || setting.Hash != gone.Hash)
                await transaction.Connection!.ExecuteAsync(
                    "update api_tokens set revoked_at = @now, origin = @origin where id = @id",
                    new
                    {
                        id = gone.Id,
                        now = Now,
                        origin = ApiToken.Removed,
                    },
                    transaction
                );
        }

        var revoked = new List<string>();
        foreach (var (name, token) in configured)
        {
            var known = present.Find(one => one.Hash == token.Hash);
            if (known is { Origin: ApiToken.Configured, RevokedAt: not null })
                revoked.Add(name);
            else if (
                known is { Origin: ApiToken.Made }
                || present.Exists(one => one.Name == name && one is { Origin: ApiToken.Made, RevokedAt: null })
            )
                throw new StartRefusedException(
                    $"The setting Api__Tokens__{name} has the name or the hash of a token that was made by the command. End that one "
                        + $"('token revoke {known?.Name ?? name}') and give the setting the hash of a new one, or another name."
                );
            else if (known is null)
                await AddAsync(transaction, name, token.Hash, token.Role, ApiToken.Configured, expiresAt: null);
            else
                await transaction.Connection!.ExecuteAsync(
                    "update api_tokens set name = @name, role = @role, origin = @origin, revoked_at = null where id = @id",
                    new
                    {
                        id = known.Id,
                        name,
                        role = token.Role,
                        origin = ApiToken.Configured,
                    },
                    transaction
                );
        }

        return revoked;
    }

    private async Task<bool> AddAsync(
        DbTransaction transaction,
        string name,
        string hash,
        string role,
        string origin,
        long? expiresAt
    ) =>
        await transaction.Connection!.ExecuteAsync(
            """
            insert into api_tokens (name, hash, role, origin, created_at, expires_at)
            values (@name, @hash, @role, @origin, @createdAt, @expiresAt)
            on conflict do nothing
            """,
            new
            {
                name,
                hash,
                role,
                origin,
                createdAt = Now,
                expiresAt,
            },
            transaction
        ) > 0;
}
