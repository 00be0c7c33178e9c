namespace Integration.Http;

/// <summary>
/// The time of one request. Without a transfer limit it is the attempt's, up to the last byte; with one, the attempt's time
/// begins anew whenever something moves, and the transfer's bounds the whole.
/// </summary>
internal sealed class AttemptTime : IDisposable
{
    private readonly CancellationTokenSource _still;
    private readonly CancellationTokenSource? _whole;
    private readonly CancellationTokenSource _all;
    private readonly TimeSpan _patience;
    private readonly TimeSpan? _transfer;

    public AttemptTime(CallProgress progress, TimeProvider time, CancellationToken cancellation)
    {
        _patience = progress.Patience;
        _transfer = progress.Transfer;
        _still = new CancellationTokenSource(_patience, time);
        if (_transfer is { } transfer)
        {
            _whole = new CancellationTokenSource(transfer, time);
            _all = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _still.Token, _whole.Token);
        }
        else
        {
            _all = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _still.Token);
        }
    }

    /// <summary>Signalled when it is over, and when the caller gives up.</summary>
    public CancellationToken Token => _all.Token;

    public bool IsOver => _still.IsCancellationRequested || _whole?.IsCancellationRequested == true;

    /// <summary>What the target did not do, as the end of a sentence.</summary>
    public string Failure =>
        _whole is null ? $"did not answer within {Seconds(_patience)} s"
        : _still.IsCancellationRequested ? $"neither took nor sent anything for {Seconds(_patience)} s"
        : $"was not done within {Seconds(_transfer!.Value)} s";

    /// <summary>Something was sent or received.</summary>
    public void Moved()
    {
        if (_whole is not null)
            _still.CancelAfter(_patience);
    }

    public void Dispose()
    {
        _all.Dispose();
        _whole?.Dispose();
        _still.Dispose();
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###}";
}
