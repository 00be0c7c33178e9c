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
    private const int TriesOfAMessage = 4;
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);
    private readonly Patience _patience = new(
        "What comes from the queues cannot be stored yet",
        "What comes from the queues is stored again",
        time,
        log
    );
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

        try
        {
            return await _patience.TryAsync(
                () => StoreAsync(delivery, occurrence, cancellation),
                async failed =>
                    !cancellation.IsCancellationRequested && !await RefusesAsync(queue, failed, cancellation),
                cancellation
            );
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(e, "A message of {Queue} goes to the dead letters: {Reason}", queue, e.Message);
            return Settlement.DeadLetter;
        }
    }

    private async Task<Settlement> StoreAsync(Delivery delivery, Occurrence occurrence, CancellationToken cancellation)
    {
        var outcome = await ledger.SubmitAsync(occurrence, cancellation);
        if (outcome.Contradiction is { } contradiction)
            await ledger.SubmitAsync(events.Disbelieved(delivery, contradiction), cancellation);
        return Settlement.Acknowledge;
    }

    /// <summary>A message that the database refuses although it works is kept in the broker, where it can be seen.</summary>
    private async Task<bool> RefusesAsync(string queue, FailedTry failed, CancellationToken cancellation) =>
        failed.Tries >= TriesOfAMessage && queue != Queues.Dead && await AnswersAsync(cancellation);

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
                    $"{errored.Error.Message} Its AMQP properties cannot be decoded ({reason}), which costs its "
                    + "consumers their connection: correct the program that published it. Its body is as it came.",
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
