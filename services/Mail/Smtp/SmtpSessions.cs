using Integration.Errors;
using Integration.Mail.Accounts;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Smtp;

/// <summary>
/// Keeps a few sessions of each account open for the mail that follows. One that was kept is asked before it is used
/// again: servers hang up on who is silent.
/// </summary>
[RaisesFrom(typeof(SmtpSession))]
[RaisesFrom(typeof(SmtpDialer))]
internal sealed class SmtpSessions(SmtpDialer dialer, IOptions<MailOptions> options, TimeProvider time)
    : IAsyncDisposable
{
    private readonly MailOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stack<SmtpSession>> _idle = new(StringComparer.OrdinalIgnoreCase);
    private bool _closed;

    /// <summary>Works with a session, and keeps it when it is still good afterwards.</summary>
    public async Task<T> UseAsync<T>(
        MailAccount account,
        Func<SmtpSession, Task<T>> work,
        CancellationToken cancellation
    )
    {
        var session = await RentAsync(account, cancellation);
        try
        {
            return await work(session);
        }
        finally
        {
            session.UsedAt = time.GetTimestamp();
            if (!TryKeep(account, session))
                await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<SmtpSession> sessions;
        lock (_lock)
        {
            _closed = true;
            sessions = [.. _idle.Values.SelectMany(stack => stack)];
            _idle.Clear();
        }

        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask()));
    }

    private async Task<SmtpSession> RentAsync(MailAccount account, CancellationToken cancellation)
    {
        while (Take(account) is { } kept)
        {
            var alive = false;
            try
            {
                alive =
                    time.GetElapsedTime(kept.UsedAt) < _options.ConnectionIdleTimeout
                    && await kept.ResetAsync(cancellation);
            }
            finally
            {
                if (!alive)
                    await kept.DisposeAsync();
            }

            if (alive)
                return kept;
        }

        return await dialer.OpenAsync(account, cancellation);
    }

    private SmtpSession? Take(MailAccount account)
    {
        lock (_lock)
            return _idle.TryGetValue(account.Name, out var stack) && stack.TryPop(out var session) ? session : null;
    }

    private bool TryKeep(MailAccount account, SmtpSession session)
    {
        if (!session.Usable)
            return false;
        lock (_lock)
        {
            if (_closed)
                return false;
            if (!_idle.TryGetValue(account.Name, out var stack))
                _idle[account.Name] = stack = new Stack<SmtpSession>();
            if (stack.Count >= _options.IdleConnections)
                return false;
            stack.Push(session);
            return true;
        }
    }
}
