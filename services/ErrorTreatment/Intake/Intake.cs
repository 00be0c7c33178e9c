using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Telemetry;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Intake;

/// <summary>Takes from the queues; acknowledges when everything that follows is committed.</summary>
internal sealed class Intake(
    IBus bus,
    Ledger ledger,
    IDatabase database,
    EventReader events,
    Authors authors,
    UnroutedReader unrouted,
    DeadReader dead,
    TreatmentMetrics metrics,
    TreatmentOptions options,
    TimeProvider time,
    ILogger<Intake> log
) : IServiceComponent
{
    private const int PatienceWithAMessage = 3;
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(15);
    private readonly Outage _outage = new(time);
    private readonly List<ISubscription> _subscriptions = [];

    public async Task StartAsync(CancellationToken cancellation)
    {
        await SubscribeAsync(
            Queues.Treatment,
            events.Event,
            [
                new(Exchanges.Errors, "#"),
                new(Exchanges.Results, RoutingKeys.Retried),
                new(Exchanges.Control, RoutingKeys.Cancel("#")),
            ],
            cancellation
        );
        await SubscribeAsync(Queues.Unrouted, unrouted.Read, [new(Exchanges.Unrouted, "#")], cancellation);
        await SubscribeAsync(Queues.Dead, dead.Read, [new(Exchanges.Dead, "#")], cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(_subscriptions.Select(subscription => subscription.StopAsync(_grace)));
        foreach (var subscription in _subscriptions)
            await subscription.DisposeAsync();
        _subscriptions.Clear();
    }

    private async Task SubscribeAsync(
        string queue,
        Func<Delivery, Occurrence?> read,
        IReadOnlyList<Binding> bindings,
        CancellationToken cancellation
    )
    {
        var pipe = new Pipe(queue, bindings) { Prefetch = options.Prefetch };
        _subscriptions.Add(
            await bus.SubscribeAsync(pipe, (delivery, ending) => TakeAsync(queue, read, delivery, ending), cancellation)
        );
    }

    private async Task<Settlement> TakeAsync(
        string queue,
        Func<Delivery, Occurrence?> read,
        Delivery delivery,
        CancellationToken cancellation
    )
    {
        if (Read(read, delivery) is not { } occurrence)
        {
            metrics.Ignored(queue);
            return Settlement.Acknowledge;
        }

        var pause = TimeSpan.FromMilliseconds(500);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var outcome = await ledger.SubmitAsync(occurrence, cancellation);
                if (outcome.Contradiction is { } contradiction)
                    await ledger.SubmitAsync(events.Disbelieved(delivery, contradiction), cancellation);
                if (tries > 1 && _outage.End() is { } lasted)
                    log.LogInformation("What comes from the queues is stored again, after {Outage}.", lasted);
                return Settlement.Acknowledge;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                if (_outage.IsToBeTold(e.Message))
                    log.LogError(e, "What came from {Queue} cannot be stored yet: {Reason}", queue, e.Message);
                // A message that the database refuses although it works is kept in the broker, where it can be seen.
                if (tries >= PatienceWithAMessage && queue != Queues.Dead && await AnswersAsync(cancellation))
                {
                    log.LogError("A message of {Queue} goes to the dead letters: {Reason}", queue, e.Message);
                    return Settlement.DeadLetter;
                }
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }

    private Occurrence? Read(Func<Delivery, Occurrence?> read, Delivery delivery)
    {
        try
        {
            if (authors.Refusal(delivery, out var unreadable) is { } refusal)
                return events.Disbelieved(delivery, refusal);
            var occurrence = read(delivery);
            if (unreadable is not null)
                occurrence = Unchecked(occurrence as Errored, delivery, unreadable);
            return delivery.Undecodable is { } reason && occurrence is Errored errored
                ? Undecodable(errored, reason)
                : occurrence;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return events.Message(
                delivery,
                new ErrorInfo(
                    ErrorCategory.Data,
                    ErrorCodes.MalformedMessage,
                    $"The message cannot be read: {e.Message}"
                )
            );
        }
    }

    /// <summary>
    /// What could not be read could not be held against the trust table: whatever else reads it may only show it, and nothing is
    /// sent again before an operator vouches for it.
    /// </summary>
    private Errored Unchecked(Errored? occurrence, Delivery delivery, ErrorInfo unreadable) =>
        occurrence is { Kind: FailureKind.Message, Request: null, Error.Retryable: false }
            ? occurrence
            : events.Message(delivery, unreadable with { Retryable = false });

    /// <summary>What came by no client: what it is about stays what it is, and what to correct is said as well.</summary>
    private static Errored Undecodable(Errored errored, string reason) =>
        errored with
        {
            Error = errored.Error with
            {
                Message =
                    $"{errored.Error.Message} Its AMQP properties cannot be decoded ({reason}), which costs the connection of whoever "
                    + "takes it: correct the program that published it. Its body is as it came.",
            },
        };

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await database.PingAsync(cancellation);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
