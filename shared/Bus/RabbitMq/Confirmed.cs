namespace Integration.Bus.RabbitMq;

/// <summary>
/// The publishes that one frame of the broker confirms. Their callers go on one after the other in one work item of the
/// pool: waking a thread for each of them costs more than what most of them have left to do.
/// </summary>
internal sealed class Confirmed : IThreadPoolWorkItem
{
    // Most frames confirm one or a few.
    private readonly List<PendingPublish> _publishes = new(capacity: 4);

    /// <summary>Whether one is among them that had to be sent again.</summary>
    public bool HasRepeated { get; private set; }

    public void Add(PendingPublish? publish)
    {
        if (publish is null)
            return;
        _publishes.Add(publish);
        HasRepeated |= publish.Repeats > 0;
    }

    /// <summary>Completes the publishes, on another thread: the calling one brings all answers of the broker and must not be held up.</summary>
    public void Tell()
    {
        if (_publishes.Count > 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        foreach (var publish in _publishes)
            publish.Confirm();
    }
}
