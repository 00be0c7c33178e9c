namespace Integration.Storage;

/// <summary>A request that waits for its group. Its caller goes on within the call that completes it.</summary>
internal sealed class PendingWrite<TRequest, TResult>(TRequest request, CancellationToken cancellation)
    : TaskCompletionSource<TResult>
{
    public TRequest Request => request;

    /// <summary>Whether its caller has given it up.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    public void Cancel() => SetCanceled(cancellation);
}
