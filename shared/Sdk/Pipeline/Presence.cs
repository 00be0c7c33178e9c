using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Says that the service is there and what it can do, then every half minute that it still is. A reader that does not know what it can
/// do may ask. It then says so again, once for all that ask, and not more often than every few seconds.
/// </summary>
internal sealed class Presence(
    OperationCatalog operations,
    OperationContracts contracts,
    RunningTasks running,
    IBus bus,
    EventMessages messages,
    ServiceDescription service,
    TimeProvider time,
    ILogger<Presence> log
) : IRecurringWork
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);
    private DateTimeOffset? _nextBeat;
    private DateTimeOffset _nextAnswer = DateTimeOffset.MinValue;
    private int _asked;
    private int _answered;
    private bool _isMute;

    public string Name => "Saying that the service is there";

    public Alarm Alarm { get; } = new(time);

    /// <summary>Takes note that an announcement is wanted.</summary>
    public void Ask(AnnouncementRequested request)
    {
        if (request.Service != service.Name || (request.Instance is { } instance && instance != service.Instance))
            return;
        Interlocked.Increment(ref _asked);
        Alarm.Ring();
    }

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        if (_isMute)
            return DateTimeOffset.MaxValue;
        try
        {
            return await SpeakAsync(cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException)
        {
            // Presence is news, not work: its loss must not end a service that does its work. Trying again would change nothing, and
            // cost the channel that others publish on.
            log.LogWarning(e, "Presence is no longer announced.");
            _isMute = true;
            return DateTimeOffset.MaxValue;
        }
    }

    private async Task<DateTimeOffset> SpeakAsync(CancellationToken cancellation)
    {
        if (_nextBeat is not { } beat)
        {
            await bus.PublishAsync(messages.Of(Announcement()), cancellation);
            _nextBeat = beat = time.GetUtcNow() + _interval;
        }

        var asked = Volatile.Read(ref _asked);
        if (asked != _answered && time.GetUtcNow() >= _nextAnswer)
        {
            await bus.PublishAsync(messages.Of(Announcement()), cancellation);
            _answered = asked;
            _nextAnswer = time.GetUtcNow() + _pause;
        }

        if (time.GetUtcNow() >= beat)
        {
            var heartbeat = new ServiceHeartbeat(service.Reference, time.GetUtcNow(), running.Count, contracts.Hash);
            await bus.PublishAsync(messages.Of(heartbeat), cancellation);
            _nextBeat = beat = time.GetUtcNow() + _interval;
        }

        return asked != _answered && _nextAnswer < beat ? _nextAnswer : beat;
    }

    private ServiceAnnounced Announcement() =>
        new(
            service.Reference,
            time.GetUtcNow(),
            [
                .. operations.All.Select(operation => new OperationReference(
                    operation.Name,
                    operation.Version,
                    operation.Effect.ToString().ToLowerInvariant()
                )),
            ],
            contracts.Hash,
            contracts.All
        );
}
