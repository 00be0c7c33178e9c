using Integration.Bus;
using Integration.Storage;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>Whether the service can work right now.</summary>
public sealed class Readiness(IBus bus, IDatabase database, ILogger<Readiness> log)
{
    private readonly Outage _outage = new(TimeProvider.System);

    /// <summary>All components have started and none has begun to stop.</summary>
    public bool Started { get; internal set; }

    /// <summary>Why the service could not start or had to end.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>Returns when the service has started.</summary>
    /// <exception cref="InvalidOperationException">It cannot; the message says why.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (!Started)
        {
            if (Failure is not null)
                throw new InvalidOperationException($"The service cannot start: {Failure.Message}", Failure);
            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>Looks at everything that the service needs.</summary>
    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellation)
    {
        var storage = "ok";
        try
        {
            await database.PingAsync(cancellation);
            if (_outage.End() is { } lasted)
                log.LogInformation("The database answers again, after {Outage}.", lasted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The text may name hosts and users: for the log, not for a route that any caller may ask.
            if (_outage.ShouldLog(e.Message))
                log.LogWarning(e, "The database does not answer.");
            storage = "unreachable";
        }

        var (state, stalled) = (bus.State, bus.Stalled);
        var ready = Started && state == BusState.Connected && stalled.Count == 0 && storage == "ok";
        return new ReadinessReport(
            ready ? "ready" : "not-ready",
            Started,
            state.ToString().ToLowerInvariant(),
            storage,
            stalled.Count > 0 ? stalled : null
        );
    }
}

/// <summary>What <c>/health/ready</c> answers.</summary>
/// <param name="Status"><c>ready</c> or <c>not-ready</c>.</param>
/// <param name="Started">Whether all components have started.</param>
/// <param name="Bus">Connection to the broker.</param>
/// <param name="Storage"><c>ok</c> or <c>unreachable</c>.</param>
/// <param name="Stalled">Queues that deliver nothing at the moment although the service takes from them; absent when there is none.</param>
public sealed record ReadinessReport(
    string Status,
    bool Started,
    string Bus,
    string Storage,
    IReadOnlyList<string>? Stalled = null
);
