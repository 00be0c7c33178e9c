using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Integration.ProcessCore.Messaging;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Catalogue;

/// <summary>
/// Hears what services can do and that they are alive. The queue outlives the core and keeps the newest; who is heard of with
/// contracts that are not known is asked for them.
/// </summary>
internal sealed class CatalogueListener(
    IBus bus,
    CatalogueStore store,
    EventMessages messages,
    Unreadable unreadable,
    EventPatience patience,
    TrustTable trust,
    CoreOptions options,
    TimeProvider time,
    ILogger<CatalogueListener> log
) : IServiceComponent
{
    // Some hundred replicas for some minutes; what an announcement said that was dropped, the next heartbeat makes good.
    private const int KeptNews = 500;
    private const int AskedAtMost = 10_000;
    private static readonly TimeSpan _patienceWithAnswers = TimeSpan.FromSeconds(20);
    private readonly Dictionary<(string Service, string Instance), DateTimeOffset> _asked = [];
    private ISubscription? _subscription;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var pipe = new Pipe(
            $"integration.{options.Name}.catalogue",
            [
                new Binding(Exchanges.Control, RoutingKeys.Announce("#")),
                new Binding(Exchanges.Control, RoutingKeys.Heartbeat("#")),
            ]
        )
        {
            KeepNewest = KeptNews,
            // In their order, and in no hurry.
            Prefetch = 1,
        };
        _subscription = await bus.SubscribeAsync(pipe, HandleAsync, cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_subscription is not null)
            await _subscription.StopAsync(TimeSpan.FromSeconds(5));
    }

    private async Task<Settlement> HandleAsync(Delivery delivery, CancellationToken cancellation)
    {
        if (EventKind.Of(delivery) == EventTypes.ServiceAnnounced)
            await AnnouncedAsync(delivery, cancellation);
        else
            await BeatAsync(delivery, cancellation);
        return Settlement.Acknowledge;
    }

    private async Task AnnouncedAsync(Delivery delivery, CancellationToken cancellation)
    {
        var isRead = delivery.TryRead(ContractJson.Default.ServiceAnnounced, Limits.Body, out var e, out var error);
        if (isRead)
            error =
                Check(delivery, e!.Service, RoutingKeys.Announce(e.Service.Name))
                ?? Beside(e)
                ?? trust.Announce(delivery, e.Service.Name, e.Operations.Select(operation => operation.Name));
        if (error is not null)
        {
            await unreadable.ReportAsync(delivery, error, cancellation);
            return;
        }

        await patience.TryAsync(() => store.KeepAsync(e!, Seen(e!.OccurredAt), cancellation), cancellation);
    }

    private async Task BeatAsync(Delivery delivery, CancellationToken cancellation)
    {
        var isRead = delivery.TryRead(ContractJson.Default.ServiceHeartbeat, Limits.Body, out var e, out var error);
        if (isRead)
            error =
                Check(delivery, e!.Service, RoutingKeys.Heartbeat(e.Service.Name))
                ?? trust.Announce(delivery, e.Service.Name, []);
        if (error is not null)
        {
            // Comes every half minute, and nothing is lost with it: no failure for an operator.
            log.LogWarning("A message on {RoutingKey} is not taken: {Reason}", delivery.RoutingKey, error.Message);
            return;
        }

        var seen = Seen(e!.OccurredAt);
        var known = await patience.TryAsync(() => store.SeenAsync(e, seen, cancellation), cancellation);
        if (!known && e.ContractHash is not null && Catalogued.IsAlive(seen, time.GetUtcNow()) && MayAsk(e.Service))
            await bus.PublishAsync(
                messages.Of(new AnnouncementRequested(e.Service.Name, time.GetUtcNow(), e.Service.Instance)),
                cancellation
            );
    }

    /// <summary>A clock that is ahead must not keep a service alive that is gone.</summary>
    private DateTimeOffset Seen(DateTimeOffset occurredAt)
    {
        var now = time.GetUtcNow();
        return occurredAt < now ? occurredAt : now;
    }

    private bool MayAsk(ServiceReference service)
    {
        var now = time.GetUtcNow();
        var key = (service.Name, service.Instance ?? "");
        if (_asked.TryGetValue(key, out var asked) && now - asked < _patienceWithAnswers)
            return false;
        if (_asked.Count >= AskedAtMost)
            _asked.Clear();
        _asked[key] = now;
        return true;
    }

    /// <summary>
    /// Its operations are held against the trust table and shown as what it takes: a contract must not bring another one in. No schema
    /// can say that, so it is said here.
    /// </summary>
    private static ErrorInfo? Beside(ServiceAnnounced announced)
    {
        var operations = announced.Operations.Select(operation => (operation.Name, operation.Version)).ToHashSet();
        return
            announced.Contracts?.FirstOrDefault(contract => !operations.Contains((contract.Name, contract.Version)))
                is { } beside
            ? Unreadable.Malformed(
                $"contracts: '{beside.Name}' version {beside.Version} is not among the operations. Announce it there, too, or leave "
                    + "its contract out."
            )
            : null;
    }

    /// <summary>Who may publish what is decided by routing keys: the body must not say something else.</summary>
    private static ErrorInfo? Check(Delivery delivery, ServiceReference service, string key) =>
        delivery.RoutingKey != key
            ? Unreadable.Malformed(
                $"The routing key is \"{delivery.RoutingKey}\", and service.name asks for \"{key}\"."
            )
        : Names.Check(
            ("service.name", service.Name),
            ("service.version", service.Version),
            ("service.instance", service.Instance)
        )
            is { Reason: var reason }
            ? Unreadable.Malformed(reason)
        : null;
}
