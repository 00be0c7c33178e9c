using Integration.Bus.RabbitMq.Frames;
using Integration.Contracts;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// Takes from a last queue what the client cannot decode. Such a message costs every connection that it is delivered by, and the last
/// queues have no delivery limit that would expel it: it is fetched over a connection that leaves its properties as bytes, handled
/// like any other, and settled there.
/// </summary>
internal sealed class UndecodableReader(BusOptions options, TimeProvider time, ILogger log)
{
    /// <summary>Connections that a last queue may cost before its next message is read as bytes.</summary>
    private const int LossesBefore = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The first messages up to one that the client can decode, when the pipe is a last queue and has cost connections; nothing
    /// otherwise. Tries for as long as it fails, with a growing pause: nothing else would get by that message.
    /// </summary>
    public async Task TakeAsync(ConsumedPipe consumed, CancellationToken cancellation)
    {
        var queue = consumed.Pipe.Queue;
        if (queue is not (Exchanges.Dead or Exchanges.Unrouted) || consumed.Window.Undecodable < LossesBefore)
            return;
        var outage = new Outage(time);
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            try
            {
                while (await TakeOneAsync(consumed, queue, cancellation)) { }
                return;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                if (outage.ShouldLog(e.Message))
                    log.LogError(
                        e,
                        "The first message of {Queue} can neither be decoded nor be fetched as bytes ({Reason}); trying again until it can",
                        queue,
                        e.Message
                    );
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    /// <returns>Whether there was one that the client cannot decode.</returns>
    private async Task<bool> TakeOneAsync(ConsumedPipe consumed, string queue, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        await using var connection = await RawConnection.OpenAsync(ConnectionFactories.Create(options), patience.Token);
        if (await connection.GetAsync(queue, patience.Token) is not { } message)
            return false;
        log.LogWarning(
            "A message of {Queue} with {Size} bytes was fetched without the client: {Reason}",
            queue,
            message.Body.Length,
            message.Header.Undecodable ?? "its properties can be decoded"
        );
        // Who is stopped meanwhile leaves without settling it, and the broker keeps it.
        var settlement = await HandleAsync(consumed, message).WaitAsync(cancellation);
        using var last = new CancellationTokenSource(_patience);
        await connection.SettleAsync(message.DeliveryTag, settlement, last.Token);
        return message.Header.Undecodable is not null && settlement != Settlement.Requeue;
    }

    private static async Task<Settlement> HandleAsync(ConsumedPipe consumed, RawMessage message)
    {
        var header = message.Header;
        var read = AmqpDelivery.Read(
            message.Exchange,
            message.RoutingKey,
            header.Properties,
            message.Body,
            message.Redelivered
        );
        if (read.Unreadable != Unreadable.None)
            consumed.Unreadable.Add(read.Delivery, read.Unreadable);
        var inFlight = consumed.InFlight;
        inFlight.Begin();
        try
        {
            if (inFlight.Stopping)
                return Settlement.Requeue;
            return await inFlight.HandleAsync(read.Delivery with { Undecodable = header.Undecodable }, returns: 1);
        }
        finally
        {
            inFlight.End();
        }
    }
}
