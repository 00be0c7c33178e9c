namespace Integration.Storage;

/// <summary>A message in an outbox. Its properties are the columns of its table.</summary>
/// <typeparam name="TKey">string or long.</typeparam>
public interface IOutboxEntry<out TKey>
{
    /// <summary>The primary key. Later entries have greater ones: they are published in its order.</summary>
    TKey Id { get; }

    /// <summary>
    /// Until when (milliseconds since 1970) only the process that adds it publishes it, from memory; zero when that is left to the next
    /// round of any process.
    /// </summary>
    long LeasedUntil { get; }
}
