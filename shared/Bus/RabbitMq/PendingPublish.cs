namespace Integration.Bus.RabbitMq;

/// <summary>
/// A publish until it is confirmed: the task that the caller awaits, and what it takes to send it again. The caller goes
/// on within <see cref="Confirm"/>; when the publish fails or is given up, on a thread of the pool.
/// </summary>
internal sealed class PendingPublish : TaskCompletionSource
{
    private readonly CancellationTokenRegistration _registration;

    public PendingPublish(OutgoingMessage message, CancellationToken cancellation)
    {
        Message = message;
        _registration = cancellation.UnsafeRegister(
            static (pending, token) => OnPool(() => ((PendingPublish)pending!).TrySetCanceled(token)),
            this
        );
    }

    public OutgoingMessage Message { get; }

    /// <summary>When it was sent last, as a timestamp of the <see cref="TimeProvider"/>.</summary>
    public long SentAt { get; set; }

    /// <summary>How often it had to be sent again.</summary>
    public int Repeats { get; set; }

    public void Confirm()
    {
        _registration.Unregister();
        TrySetResult();
    }

    public void Fail(Exception reason)
    {
        _registration.Unregister();
        OnPool(() => TrySetException(reason));
    }

    private static void OnPool(Action settle) =>
        ThreadPool.UnsafeQueueUserWorkItem(static settle => settle(), settle, preferLocal: false);
}
