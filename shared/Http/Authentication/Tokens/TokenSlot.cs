using Integration.Hosting;

namespace Integration.Http;

/// <summary>One token and all calls that wait for it: it is asked for once, even when some of them give up meanwhile.</summary>
/// <param name="ask">Asks for a new one.</param>
/// <param name="mask">Learns every token.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenSlot(Func<Task<AccessToken>> ask, SecretMask mask, TimeProvider time)
{
    private readonly Lock _lock = new();

    // Answers of calls with the one before may still be on their way.
    private readonly PassingSecrets _masked = new(mask, most: 2);
    private AccessToken? _held;
    private Task<AccessToken>? _asking;
    private bool _isRefused;

    /// <summary>When its token is of no use any more; null when it has none.</summary>
    public DateTimeOffset? Until => _held?.Until;

    /// <summary>Whether a call waits for a token.</summary>
    public bool IsAsking
    {
        get
        {
            lock (_lock)
                return _asking is not null;
        }
    }

    /// <summary>The higher, the later it was last asked for its token.</summary>
    public long Used { get; set; }

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

    /// <summary>Call it when the token will not be asked for any more.</summary>
    public void Forget() => _masked.Forget();

    private async Task<AccessToken> AskAsync()
    {
        try
        {
            var token = await ask();
            _masked.Add(token.Value);
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
