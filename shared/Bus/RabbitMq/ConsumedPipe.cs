using Integration.Contracts;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>What stays of a subscription on RabbitMQ while channels and connections come and go.</summary>
internal sealed class ConsumedPipe(Pipe pipe, DeliveryHandler handler, TimeProvider time, ILogger log)
{
    public Pipe Pipe => pipe;

    public ILogger Log => log;

    public InFlight InFlight { get; } = new(pipe, handler, time, log);

    /// <summary>
    /// One per delivery in flight. The broker keeps to the prefetch for one channel; handlers that outlive theirs count too.
    /// </summary>
    public SemaphoreSlim Slots { get; } = new(pipe.Prefetch, pipe.Prefetch);

    public PrefetchWindow Window { get; } = new(pipe.Prefetch);

    public UnreadableReport Unreadable { get; } = new(pipe.Queue, time, log);

    /// <summary>A consumer has lost its channel, not by our doing.</summary>
    public void Lost(ShutdownEventArgs reason)
    {
        var undecodable = reason.IsUndecodable();
        Window.Lost(undecodable);
        if (!undecodable)
            return;
        BusTelemetry.UndecodableLosses.Add(
            1,
            new KeyValuePair<string, object?>("messaging.destination.name", pipe.Queue)
        );
        log.LogError(
            "A message of {Queue} cost the connection, as the client cannot decode its properties ({Reason}; {Times} times in a row)."
                + " One delivery at a time is taken until it is gone",
            pipe.Queue,
            reason.ReplyText,
            Window.Undecodable
        );
    }

    /// <summary>
    /// A delivery cannot even be handed to its handler: it must not stay with the client, unseen. The queue of dead letters
    /// has no other to give it to and keeps it.
    /// </summary>
    public async Task<Settlement> RefuseAsync(Exception reason, string routingKey)
    {
        BusTelemetry.RefusedDeliveries.Add(
            1,
            new KeyValuePair<string, object?>("messaging.destination.name", pipe.Queue)
        );
        var settlement = pipe.Queue == Exchanges.Dead ? Settlement.Requeue : Settlement.DeadLetter;
        log.LogError(
            reason,
            "A delivery of {Queue} with the routing key {RoutingKey} cannot be handed to its handler: {Settlement}",
            pipe.Queue,
            routingKey,
            settlement
        );
        if (settlement == Settlement.Requeue)
            await Task.Delay(Returning.Longest, time);
        return settlement;
    }
}
