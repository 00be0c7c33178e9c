using Integration.Fixtures;
using Integration.Storage;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Integration.Hosting.Tests;

/// <summary>What holds for tokens on every database.</summary>
public abstract class TokenStoreContract : IAsyncLifetime
{
    private static readonly string _hash = new('a', 64);
    private static readonly string _other = new('b', 64);

    private IDatabase _database = null!;
    private TokenStore _store = null!;

    private protected abstract Task<IDatabase> OpenAsync();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        await _database.MigrateAsync(TokenSchema.Migrations.Component, TokenSchema.Migrations.Migrations, Cancellation);
        _store = new TokenStore(_database, TimeProvider.System, NullLogger<TokenStore>.Instance);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _database.DisposeAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_found_by_its_hash_and_nothing_else()
    {
        (await _store.AnyAsync(Cancellation)).ShouldBeFalse();
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(2_000_000_000_000);

        (await _store.AddAsync("anna", _hash, ApiRole.Operator, expires, Cancellation)).ShouldBeTrue();

        (await _store.AnyAsync(Cancellation)).ShouldBeTrue();
        (await _store.FindAsync(_other, Cancellation)).ShouldBeNull();
        var found = await _store.FindAsync(_hash, Cancellation);
        found!.Name.ShouldBe("anna");
        found.Role.ShouldBe("operator");
        found.ExpiresAt.ShouldBe(2_000_000_000_000);
        found.RevokedAt.ShouldBeNull();
        found.LastUsedAt.ShouldBeNull();
        await _store.UsedAsync(found, Cancellation);
        (await _store.FindAsync(_hash, Cancellation))!.LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_name_stands_for_one_token_at_a_time_and_revoked_ones_are_kept()
    {
        await _store.AddAsync("anna", _hash, ApiRole.Operator, expires: null, Cancellation);
        (await _store.AddAsync("anna", _other, ApiRole.Viewer, expires: null, Cancellation)).ShouldBeFalse();

        (await _store.RevokeAsync("anna", Cancellation)).ShouldBeTrue();
        (await _store.RevokeAsync("anna", Cancellation)).ShouldBeFalse();
        (await _store.AddAsync("anna", _other, ApiRole.Viewer, expires: null, Cancellation)).ShouldBeTrue();

        (await _store.ListAsync(Cancellation))
            .Select(token => (token.Hash, token.RevokedAt is null))
            .ShouldBe([(_other, true), (_hash, false)]);
    }

    [Fact]
    public async Task The_settings_say_which_of_their_tokens_there_are()
    {
        await KeepAsync(("first", _hash, "viewer"));
        await KeepAsync(("first", _hash, "operator"));
        (await ValidAsync()).ShouldBe([("first", _hash, "operator")]);

        // Another token under the same name: the old one is over.
        await KeepAsync(("first", _other, "operator"));
        (await ValidAsync()).ShouldBe([("first", _other, "operator")]);

        await KeepAsync();
        (await ValidAsync()).ShouldBeEmpty();
        (await _store.AnyAsync(Cancellation)).ShouldBeTrue();

        // What was taken out by mistake comes back.
        await KeepAsync(("renamed", _other, "viewer"));
        (await ValidAsync()).ShouldBe([("renamed", _other, "viewer")]);
    }

    [Fact]
    public async Task What_the_command_has_revoked_no_setting_brings_back()
    {
        await KeepAsync(("first", _hash, "viewer"));
        await _store.RevokeAsync("first", Cancellation);

        await KeepAsync(("first", _hash, "viewer"));

        (await ValidAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_setting_does_not_take_the_name_of_a_token_that_was_made_by_the_command()
    {
        await _store.AddAsync("anna", _hash, ApiRole.Operator, expires: null, Cancellation);

        var refused = await Should.ThrowAsync<StartRefusedException>(() => KeepAsync(("anna", _other, "viewer")));

        refused.Message.ShouldContain("token revoke anna");
        (await ValidAsync()).ShouldBe([("anna", _hash, "operator")]);
    }

    private Task KeepAsync(params (string Name, string Hash, string Role)[] settings) =>
        _store.KeepConfiguredAsync(
            settings.ToDictionary(
                one => one.Name,
                one => new ConfiguredToken { Hash = one.Hash, Role = one.Role },
                StringComparer.Ordinal
            ),
            Cancellation
        );

    private async Task<IEnumerable<(string, string, string)>> ValidAsync() =>
        (await _store.ListAsync(Cancellation))
            .Where(token => token.RevokedAt is null)
            .Select(token => (token.Name, token.Hash, token.Role));
}

/// <summary>In a file.</summary>
public sealed class SqliteTokenStoreTests : TokenStoreContract
{
    private readonly TemporaryFolder _folder = new("tokens");

    private protected override Task<IDatabase> OpenAsync() =>
        Task.FromResult(
            DatabaseFactory.Create(
                new StorageOptions { ConnectionString = $"Data Source={_folder.Combine("tokens.db")}" },
                "tokens"
            )
        );

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>On a real server.</summary>
public sealed class PostgreSqlTokenStoreTests(PostgreSqlServer server) : TokenStoreContract
{
    private protected override async Task<IDatabase> OpenAsync() =>
        DatabaseFactory.Create(
            new StorageOptions
            {
                Provider = StorageProvider.PostgreSql,
                ConnectionString = await server.CreateDatabaseAsync(),
            },
            "tokens"
        );
}
