using Integration.Hosting;

namespace Integration.Http;

/// <summary>One token and all who wait for it: it is asked for once, whoever gives up meanwhile.</summary>
/// <param name="ask">Asks for a new one; gets what is held so far.</param>
/// <param name="mask">Learns every token.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenSlot(Func<AccessToken?, Task<AccessToken>> ask, SecretMask mask, TimeProvider time)
{
    private readonly Lock _lock = new();

    // Answers of calls with the one before may still be on their way; each comes with a refresh token.
    private readonly PassingSecrets _masked = new(mask, most: 4);
    private AccessToken? _held;
    private Task<AccessToken>? _asking;
    private bool _isRefused;

    /// <summary>Whether it holds what cannot be asked for again from nothing.</summary>
    public bool IsLasting { get; init; }

    /// <summary>Null before the first was asked for.</summary>
    public DateTimeOffset? Until => _held?.Until;

    /// <summary>A token that is good for now.</summary>
    public Task<AccessToken> GetAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_held is { } held && !_isRefused && held.Until > time.GetUtcNow())
                return Task.FromResult(held);
            // Not on the thread and in the time of the first that waits: it may give up before the others.
            _asking ??= Task.Run(AskAsync, CancellationToken.None);
            return _asking.WaitAsync(cancellation);
        }
    }

    /// <summary>The target does not take it: the next one is asked for, unless that was done already.</summary>
    public void Refuse(AccessToken token)
    {
        lock (_lock)
            _isRefused |= ReferenceEquals(token, _held);
    }

    private async Task<AccessToken> AskAsync()
    {
        try
        {
            var token = await ask(_held);
            _masked.Add(token.Value);
            if (token.RefreshToken is { } refresh)
                _masked.Add(refresh);
            lock (_lock)
                (_held, _isRefused) = (token, false);

            return token;
        }
        finally
        {
            lock (_lock)
                _asking = null;
        }
    }
}
