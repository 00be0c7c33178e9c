using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// Counts what could not be read of deliveries, and says it: one line per delivery, and at most one per second, as a peer that
/// writes one property wrongly writes all of them so.
/// </summary>
internal sealed class UnreadableReport(string queue, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _last;
    private int _unsaid;

    public void Add(Delivery delivery, Unreadable properties)
    {
        foreach (var name in properties.Names())
        {
            BusTelemetry.UnreadableProperties.Add(
                1,
                new KeyValuePair<string, object?>("messaging.destination.name", queue),
                new KeyValuePair<string, object?>("integration.property", name)
            );
        }

        int unsaid;
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < _between)
            {
                _unsaid++;
                return;
            }

            _last = time.GetTimestamp();
            (unsaid, _unsaid) = (_unsaid, 0);
        }

        log.LogWarning(
            "A message of {Queue} has properties that cannot be read and count as absent: {Properties}"
                + " (message {MessageId} of {AppId}, routing key {RoutingKey}; {Unsaid} more since the last such line)",
            queue,
            string.Join(", ", properties.Names()),
            delivery.Properties.MessageId,
            delivery.Properties.AppId,
            delivery.RoutingKey,
            unsaid
        );
    }
}
