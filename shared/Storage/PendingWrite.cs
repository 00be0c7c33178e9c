namespace Integration.Storage;

/// <summary>A request that waits for its group. Its continuation never runs on the thread that writes.</summary>
internal sealed class PendingWrite<TRequest, TResult>(TRequest request, CancellationToken cancellation)
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TRequest Request => request;

    /// <summary>Gives it up if whoever submitted it did.</summary>
    public bool WasCancelled() => cancellation.IsCancellationRequested && TrySetCanceled(cancellation);
}
