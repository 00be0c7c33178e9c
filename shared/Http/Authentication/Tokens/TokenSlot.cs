using Integration.Hosting;

namespace Integration.Http;

/// <summary>One token and all who wait for it: it is asked for once, whoever gives up meanwhile.</summary>
/// <param name="ask">Asks for a new one; gets what is held so far.</param>
/// <param name="mask">Learns every token.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenSlot(Func<AccessToken?, Task<AccessToken>> ask, SecretMask mask, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _masked = [];
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
            lock (_lock)
            {
                (_held, _isRefused) = (token, false);
                Mask(token.Value);
                if (token.RefreshToken is { } refresh)
                    Mask(refresh);
            }

            return token;
        }
        finally
        {
            lock (_lock)
                _asking = null;
        }
    }

    // Answers of calls with the one before may still be on their way; older ones are of no use to anybody.
    private void Mask(string secret)
    {
        if (_masked.Contains(secret, StringComparer.Ordinal))
            return;
        mask.AddPassing(secret);
        _masked.Enqueue(secret);
        while (_masked.Count > 4)
            mask.Forget(_masked.Dequeue());
    }
}
