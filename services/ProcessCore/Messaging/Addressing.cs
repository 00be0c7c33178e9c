using Integration.Bus;
using Integration.Contracts;

namespace Integration.ProcessCore.Messaging;

/// <summary>Whether what comes from outside is for this engine, and says so the same way in body and routing key.</summary>
internal sealed class Addressing(CoreOptions options)
{
    /// <summary>Why it is not taken, or null when it is.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="engine">The engine that its body names.</param>
    /// <param name="key">The routing key that it should have by its body.</param>
    public ErrorInfo? Check(Delivery delivery, string? engine, string key)
    {
        var named = delivery.RoutingKey.StartsWith("engine.", StringComparison.Ordinal);
        if (named || engine is not null)
        {
            if (delivery.RoutingKey != key)
                return Unreadable.Malformed(
                    $"The routing key is \"{delivery.RoutingKey}\", and the body asks for \"{key}\" "
                        + $"(engine: {(engine is null ? "none" : $"\"{engine}\"")}). Publish it with the key that the body asks for."
                );
            return engine == options.Name ? null : Foreign($"the engine \"{engine}\"");
        }

        // May be left in the queue from when it was bound to what names no engine.
        return options.IsDefault ? null : Foreign("the default engine");
    }

    private ErrorInfo Foreign(string receiver) =>
        new(
            ErrorCategory.Data,
            "wrong-engine",
            $"The event is for {receiver}, and came to \"{options.Name}\", which does not take it. Publish it again: the "
                + "broker brings it to the engine that is bound to its key. (Core__DefaultEngine says which engine is the default one.)"
        );
}
