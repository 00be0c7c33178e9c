namespace Integration.Bus.RabbitMq;

/// <summary>What a <see cref="ConfirmChannel"/> needs of its owner.</summary>
/// <param name="User">The user of the connection, which every message bears.</param>
/// <param name="ConfirmTimeout">How long a confirm may take.</param>
/// <param name="Time">The clock that the timeouts count by.</param>
/// <param name="Blocked">Whether the broker takes nothing for now, so that no confirm can be expected.</param>
/// <param name="Repeat">Takes publishes that must be sent again, and why.</param>
/// <param name="Repeated">Called when one that had to be sent again is confirmed.</param>
internal sealed record PublishSettings(
    string User,
    TimeSpan ConfirmTimeout,
    TimeProvider Time,
    Func<bool> Blocked,
    Action<IReadOnlyList<PendingPublish>, string> Repeat,
    Action Repeated
);
