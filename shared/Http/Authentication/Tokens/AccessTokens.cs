using System.Text.Json;
using Integration.Egress;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Http;

/// <summary>The access tokens of a service: one for each client, scope and whatever else is asked for, kept until it expires.</summary>
public sealed class AccessTokens
{
    // Answers of calls with a token that has expired meanwhile are still to be masked.
    private static readonly TimeSpan _lingering = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TokenSlot> _slots = new(StringComparer.Ordinal);
    private long _uses;
    private readonly Secrets _secrets;
    private readonly TokenEndpoint _endpoint;
    private readonly RefreshTokens _refreshTokens;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly PassingSecrets _pairs;
    private readonly PassingSecrets _refreshing;

    /// <summary>One for all calls of a service.</summary>
    public AccessTokens(
        HttpTransport transport,
        IOptions<HttpTransportOptions> options,
        Secrets secrets,
        SecretMask mask,
        TimeProvider time,
        ILoggerFactory logs
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        _endpoint = new TokenEndpoint(transport, options.Value, time);
        _refreshTokens = new RefreshTokens(options.Value, time, logs.CreateLogger<RefreshTokens>());
        _secrets = secrets;
        _mask = mask;
        _pairs = new PassingSecrets(mask, most: 64);
        _refreshing = new PassingSecrets(mask, most: 64);
        _time = time;
    }

    /// <summary>Tasks write what tokens are asked for, and there may be any number of such texts. The default value is 1000.</summary>
    internal int KeptAtMost { get; set; } = 1_000;

    /// <summary>How many are kept.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>A token that is good for now.</summary>
    /// <param name="authentication">With its secrets named, so that a new value of a secret is the same client.</param>
    /// <param name="cancellation">Gives up waiting; the token is asked for nevertheless.</param>
    internal Task<AccessToken> GetAsync(Authentication authentication, CancellationToken cancellation)
    {
        var key = Key(authentication);
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out var slot))
            {
                MakeRoom();
                slot = new TokenSlot(() => AskAsync(key, authentication), _mask, _time);
                _slots.Add(key, slot);
            }

            slot.Used = ++_uses;
            return slot.GetAsync(cancellation);
        }
    }

    /// <summary>The target does not take it: the next one is asked for, unless that was done already.</summary>
    internal void Refuse(Authentication authentication, AccessToken token)
    {
        lock (_lock)
            _slots.GetValueOrDefault(Key(authentication))?.Refuse(token);
    }

    private async Task<AccessToken> AskAsync(string key, Authentication authentication)
    {
        try
        {
            return await AskAsync(authentication);
        }
        catch
        {
            // What tasks write wrongly takes the place of nothing that works.
            lock (_lock)
            {
                if (_slots.TryGetValue(key, out var slot) && slot.Until is null)
                    _slots.Remove(key);
            }

            throw;
        }
    }

    private async Task<AccessToken> AskAsync(Authentication authentication)
    {
        var endpoint = new Uri(authentication.TokenUrl!);
        var credentials = new Credentials(_secrets, _pairs, endpoint);
        if (authentication.RefreshToken is not { } named)
            return await _endpoint.AskAsync(
                await TokenRequest.OfAsync(authentication, null, credentials, CancellationToken.None)
            );

        var grant = new RefreshGrant(
            endpoint,
            await credentials.RevealAsync(authentication.ClientId!, "clientId", CancellationToken.None),
            await credentials.RevealAsync(named, "refreshToken", CancellationToken.None)
        );
        using var others = await LockAsync(grant);
        var current = await FindAsync(grant) ?? grant.Configured;
        _refreshing.Add(current);
        var token = await _endpoint.AskAsync(
            await TokenRequest.OfAsync(authentication, current, credentials, CancellationToken.None)
        );
        if (token.RefreshToken is { } next && next != current)
        {
            _refreshing.Add(next);
            _refreshTokens.Keep(grant, next);
        }

        return token;
    }

    private async Task<IDisposable> LockAsync(RefreshGrant grant)
    {
        try
        {
            return await _refreshTokens.LockAsync(grant);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TokenErrors.Folder(grant.Endpoint, e);
        }
    }

    private async Task<string?> FindAsync(RefreshGrant grant)
    {
        try
        {
            return await _refreshTokens.FindAsync(grant);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw TokenErrors.Folder(grant.Endpoint, e);
        }
    }

    private static string Key(Authentication authentication) => JsonSerializer.Serialize(authentication);

    // Expired ones first, then the one that was needed least lately. A call that needs one of them gets a new token.
    private void MakeRoom()
    {
        var old = _time.GetUtcNow() - _lingering;
        var idle = _slots.Where(one => !one.Value.IsAsking).ToList();
        foreach (var (key, _) in idle.Where(one => one.Value.Until < old))
            Remove(key);
        if (_slots.Count >= KeptAtMost && idle.Count > 0)
            Remove(idle.MinBy(one => one.Value.Used).Key);
    }

    private void Remove(string key)
    {
        if (_slots.Remove(key, out var slot))
            slot.Forget();
    }
}
