using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>
/// Whether callers are let in without being asked who they are: on loopback, until there is a way to identify them, and wherever
/// the setting allows it by its name. A token that has been there counts even when it is revoked or has expired: losing the last one
/// opens nothing.
/// </summary>
internal sealed class OpenDoor(
    IOptions<ApiOptions> options,
    IOptions<JwtOptions> jwt,
    TokenStore tokens,
    TimeProvider time
)
{
    // How long after the first token was made a service that runs may let others in without one.
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(1);

    private volatile bool _closed;
    private long _lookedAt;

    /// <summary>Whether callers can be identified: tokens or JWT are configured, or a token was made.</summary>
    public async Task<bool> CanAskAsync(CancellationToken cancellation)
    {
        if (_closed || jwt.Value.IsConfigured || options.Value.Tokens.Count > 0)
            return true;
        var before = Volatile.Read(ref _lookedAt);
        if (before != 0 && time.GetElapsedTime(before) < _lookAgain)
            return false;
        if (await tokens.AnyAsync(cancellation))
            _closed = true;
        Volatile.Write(ref _lookedAt, time.GetTimestamp());
        return _closed;
    }

    /// <summary>Whether this caller is let in as it is.</summary>
    public async Task<bool> IsOpenAsync(HttpContext context) =>
        options.Value.AllowAnonymous
        || (IsLocal(context.Connection.LocalIpAddress) && !await CanAskAsync(context.RequestAborted));

    // A socket in the file system has no address.
    private static bool IsLocal(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
