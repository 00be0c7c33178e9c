using Integration.Contracts;

namespace Integration.Bus;

/// <summary>Who an event is about, where the body need not say.</summary>
public static class EngineNames
{
    /// <summary>
    /// The engine that withdraws a task: what the body says, otherwise the property <c>reply_to</c>. Null stands for every engine
    /// that has a task of that id.
    /// </summary>
    public static string? EngineOf(this Delivery delivery, TaskCancelled cancelled) =>
        cancelled.ReplyTo is { Length: > 0 } named ? named
        : delivery.Properties.ReplyTo is { Length: > 0 } replyTo ? replyTo
        : null;
}
