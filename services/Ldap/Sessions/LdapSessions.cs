using Integration.Errors;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Sessions;

/// <summary>
/// Keeps sessions open for the work that follows. How many there are at once is limited by the target's limit of calls at
/// once; of those that are not in use a few are kept for a while.
/// </summary>
internal sealed class LdapSessions : IAsyncDisposable
{
    // A session that was silent for longer is asked before it is used: a request that is lost in a dead connection would
    // leave a task in doubt.
    private static readonly TimeSpan _trusted = TimeSpan.FromSeconds(1);

    private readonly LdapDialer _dialer;
    private readonly LdapOptions _options;
    private readonly IdleSessions _idle;
    private readonly ITimer _sweep;

    public LdapSessions(LdapDialer dialer, IOptions<LdapOptions> options, TimeProvider time)
    {
        (_dialer, _options) = (dialer, options.Value);
        _idle = new IdleSessions(_options.IdleConnections);
        var pause = _options.ConnectionIdleTimeout / 2;
        _sweep = time.CreateTimer(_ => Sweep(), null, pause, pause);
    }

    /// <summary>
    /// Works with a session, and keeps it when it is still good afterwards. When a kept one proves dead before it did
    /// anything, the work is done on a fresh one.
    /// </summary>
    /// <param name="server">Where.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="reads">Whether the work changes nothing, so that it can be repeated when it was sent and not answered.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<T> UseAsync<T>(
        LdapServer server,
        SessionPurpose purpose,
        bool reads,
        Func<LdapSession, Task<T>> work,
        CancellationToken cancellation
    )
    {
        if (await RentAsync(server, purpose, cancellation) is { } kept)
        {
            try
            {
                return await WorkAsync(server, purpose, kept, work);
            }
            catch (ConnectivityErrorException e)
                when (e.Code == LdapErrors.ConnectionLost && (kept.NothingSent || (reads && kept.NothingAnswered)))
            {
                await ClearAsync(server, purpose);
            }
        }

        return await WorkAsync(server, purpose, await OpenAsync(server, purpose, cancellation), work);
    }

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        foreach (var session in _idle.Close())
            await session.DisposeAsync();
    }

    private async Task<LdapSession> OpenAsync(LdapServer server, SessionPurpose purpose, CancellationToken cancellation)
    {
        try
        {
            return await _dialer.OpenAsync(server, purpose, cancellation);
        }
        catch (OperationCanceledException e) when (e is not CancelledWithoutEffectException)
        {
            throw new CancelledWithoutEffectException(e);
        }
    }

    private async Task<T> WorkAsync<T>(
        LdapServer server,
        SessionPurpose purpose,
        LdapSession session,
        Func<LdapSession, Task<T>> work
    )
    {
        session.Begin();
        try
        {
            return await work(session);
        }
        finally
        {
            session.Rest();
            if (!session.Usable || !_idle.TryAdd(server, purpose, session))
                await session.DisposeAsync();
        }
    }

    /// <summary>A kept session that is alive; null when there is none.</summary>
    private async Task<LdapSession?> RentAsync(
        LdapServer server,
        SessionPurpose purpose,
        CancellationToken cancellation
    )
    {
        while (_idle.Take(server, purpose) is { } session)
        {
            if (await IsAliveAsync(session, cancellation))
                return session;
            await session.DisposeAsync();
            // Those that were silent for longer are not better.
            await ClearAsync(server, purpose);
        }

        return null;
    }

    private async Task<bool> IsAliveAsync(LdapSession session, CancellationToken cancellation)
    {
        if (session.IdleFor >= _options.ConnectionIdleTimeout)
            return false;
        try
        {
            return (session.IdleFor < _trusted && !session.WasSpokenTo) || await session.AnswersAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task ClearAsync(LdapServer server, SessionPurpose purpose)
    {
        while (_idle.Take(server, purpose) is { } session)
            await session.DisposeAsync();
    }

    private void Sweep()
    {
        foreach (var session in _idle.TakeOlder(_options.ConnectionIdleTimeout))
            _ = session.DisposeAsync().AsTask();
    }
}
