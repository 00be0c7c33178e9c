using System.Collections.Concurrent;
using System.Text.Json;
using Integration.Egress;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Http;

/// <summary>The access tokens of a service: one for each client, scope and whatever else is asked for, kept until it expires.</summary>
public sealed class AccessTokens
{
    // Tasks write what tokens are asked for, and there may be any number of such texts.
    private const int _keptAtMost = 1_000;

    private readonly ConcurrentDictionary<string, TokenSlot> _slots = new(StringComparer.Ordinal);
    private readonly Secrets _secrets;
    private readonly TokenEndpoint _endpoint;
    private readonly RefreshTokens _refreshTokens;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly PassingSecrets _pairs;

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
        _refreshTokens = new RefreshTokens(options.Value, logs.CreateLogger<RefreshTokens>());
        _secrets = secrets;
        _mask = mask;
        _pairs = new PassingSecrets(mask, most: 64);
        _time = time;
    }

    /// <param name="authentication">With its secrets named, so that a new value of a secret is the same client.</param>
    internal TokenSlot Of(Authentication authentication)
    {
        var key = JsonSerializer.Serialize(authentication);
        if (_slots.TryGetValue(key, out var known))
            return known;
        if (_slots.Count >= _keptAtMost)
            ForgetExpired();
        return _slots.GetOrAdd(
            key,
            _ => new TokenSlot(held => AskAsync(key, authentication, held), _mask, _time)
            {
                IsLasting = authentication.Type == AuthenticationType.OAuth2RefreshToken,
            }
        );
    }

    private async Task<AccessToken> AskAsync(string key, Authentication authentication, AccessToken? held)
    {
        var endpoint = new Uri(authentication.TokenUrl!);
        var credentials = new Credentials(_secrets, _pairs, endpoint);
        if (authentication.RefreshToken is not { } named)
            return await _endpoint.AskAsync(
                await TokenRequest.OfAsync(authentication, null, credentials, CancellationToken.None)
            );

        var configured = await credentials.RevealAsync(named, "refreshToken", CancellationToken.None);
        using var others = await LockAsync(key, endpoint);
        var current = await FindAsync(key, configured, endpoint) ?? held?.RefreshToken ?? configured;
        _mask.AddPassing(current);
        var token = await _endpoint.AskAsync(
            await TokenRequest.OfAsync(authentication, current, credentials, CancellationToken.None)
        );
        if (token.RefreshToken is not { } next || next == current)
            return token with { RefreshToken = current };
        _refreshTokens.Keep(key, configured, next, authentication.TokenUrl!);
        return token;
    }

    private async Task<IDisposable?> LockAsync(string key, Uri endpoint)
    {
        try
        {
            return await _refreshTokens.LockAsync(key, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TokenErrors.Folder(endpoint, e);
        }
    }

    private async Task<string?> FindAsync(string key, string configured, Uri endpoint)
    {
        try
        {
            return await _refreshTokens.FindAsync(key, configured, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw TokenErrors.Folder(endpoint, e);
        }
    }

    private void ForgetExpired()
    {
        var now = _time.GetUtcNow();
        foreach (var (key, slot) in _slots)
        {
            if (slot is { IsLasting: false, Until: { } until } && until < now)
                _slots.TryRemove(key, out _);
        }
    }
}
