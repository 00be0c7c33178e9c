using System.Data.Common;
using Integration.Storage;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>Whose token it is. The database is asked each time, so that what is revoked is revoked at once and everywhere.</summary>
internal sealed class TokenCheck(TokenStore tokens, TimeProvider time, ILogger<TokenCheck> log)
{
    /// <summary>How exactly the last use is known; each request would be a write otherwise.</summary>
    public static readonly TimeSpan LastUse = TimeSpan.FromMinutes(1);

    /// <summary>The caller, or a word and a sentence why there is none.</summary>
    /// <exception cref="CallerUnverifiableException">The database does not answer.</exception>
    public async Task<(Caller? Caller, string Reason, string Detail)> CheckAsync(
        string credential,
        CancellationToken cancellation
    )
    {
        var hash = ApiTokenText.Hash(credential);
        var token = await FindAsync(hash, cancellation);
        if (token is null || !ApiTokenText.AreEqual(token.Hash, hash))
            return (null, "unknown", "This token is not known here. Each service has tokens of its own.");
        if (token.RevokedAt is { } revoked)
            return (null, "revoked", $"This token was revoked on {Moment(revoked):u}. Ask for a new one.");
        if (token.ExpiresAt is { } expires && Moment(expires) <= time.GetUtcNow())
            return (null, "expired", $"This token has expired on {Moment(expires):u}. Ask for a new one.");
        await NoteUseAsync(token, cancellation);
        return (new Caller(token.Name, ApiRoles.Find(token.Role)), "", "");
    }

    private async Task<ApiToken?> FindAsync(string hash, CancellationToken cancellation)
    {
        try
        {
            return await tokens.FindAsync(hash, cancellation);
        }
        catch (Exception e) when (e is DbException or StorageException or TimeoutException)
        {
            throw new CallerUnverifiableException("The database with the tokens does not answer.", e);
        }
    }

    private async Task NoteUseAsync(ApiToken token, CancellationToken cancellation)
    {
        if (token.LastUsedAt is { } last && time.GetUtcNow() - Moment(last) < LastUse)
            return;
        try
        {
            await tokens.UsedAsync(token, cancellation);
        }
        catch (Exception e) when (e is DbException or StorageException or TimeoutException)
        {
            // Not worth the request.
            log.LogDebug(e, "The last use of the token {Name} was not noted.", token.Name);
        }
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
