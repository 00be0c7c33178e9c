using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>The core's queue: results of its tasks, process starts and messages. Acknowledged only after the commit.</summary>
internal sealed class Inbound(
    IBus bus,
    ResultEvents results,
    InboundEvents inbound,
    Unreadable unreadable,
    EventPatience patience,
    CoreOptions options,
    ILogger<Inbound> log
) : IServiceComponent
{
    private ISubscription? _subscription;

    // What names no engine. Earlier releases bound every core to it, and a durable queue keeps its bindings.
    private static readonly Binding[] _unnamed =
    [
        new(Exchanges.Inbound, RoutingKeys.Start("#")),
        new(Exchanges.Inbound, RoutingKeys.Message("#")),
    ];

    public async Task StartAsync(CancellationToken cancellation)
    {
        // Publishers get no answer: it looks as if the broker had lost what they send.
        if (options is { IsDefault: false, DefaultEngine: null })
            log.LogWarning(
                "Process starts and messages that name no engine do not reach {Engine}: it is not the default engine. "
                    + "Have them name it, or set Core__DefaultEngine=true, in one core of a broker; false says that it is meant so.",
                options.Name
            );
        var pipe = new Pipe(
            $"integration.{options.Name}",
            [
                new Binding(Exchanges.Results, RoutingKeys.Engine(options.Name)),
                new Binding(Exchanges.Inbound, RoutingKeys.Inbound(options.Name)),
                .. options.IsDefault ? _unnamed : [],
            ]
        )
        {
            Prefetch = options.Prefetch,
            Unbound = options.IsDefault ? [] : _unnamed,
        };
        _subscription = await bus.SubscribeAsync(pipe, HandleAsync, cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_subscription is not null)
            await _subscription.StopAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<Settlement> HandleAsync(Delivery delivery, CancellationToken cancellation)
    {
        var trace = TraceContext.Of(delivery.Properties);
        ErrorInfo? error;
        try
        {
            error = await patience.TryAsync(() => TakeAsync(delivery, trace), cancellation);
        }
        catch (Exception e) when (!EventPatience.IsPassing(e))
        {
            log.LogError(e, "An event of {Exchange} cannot be taken.", delivery.Exchange);
            error = Unreadable.Malformed(e.Message);
        }

        if (error is not null)
            await unreadable.ReportAsync(delivery, error, cancellation);
        return Settlement.Acknowledge;
    }

    /// <summary>Why it cannot be taken, or null when it was.</summary>
    private Task<ErrorInfo?> TakeAsync(Delivery delivery, TraceContext trace) =>
        EventKind.Of(delivery) switch
        {
            EventTypes.TaskCompleted => results.CompletedAsync(delivery, trace),
            EventTypes.TaskRejected => results.RejectedAsync(delivery, trace),
            EventTypes.TaskFailed => results.FailedAsync(delivery, trace),
            EventTypes.TaskIncident => results.ParkedAsync(delivery, trace),
            EventTypes.ProcessStart => inbound.StartAsync(delivery, trace),
            EventTypes.MessageReceived => inbound.MessageAsync(delivery, trace),
            null => Task.FromResult<ErrorInfo?>(EventKind.Unknown(delivery)),
            var kind => Task.FromResult<ErrorInfo?>(
                Unreadable.Malformed($"It is \"{kind}\", which the process core does not take.")
            ),
        };
}
