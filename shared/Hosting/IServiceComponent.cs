namespace Integration.Hosting;

/// <summary>
/// A part of a service that works while it runs: a subscription, a scheduler. Components start in the order of their
/// registration, after the database is migrated and the bus is connected, and stop in the opposite one.
/// </summary>
public interface IServiceComponent
{
    /// <summary>Returns when it works. An exception ends the process with a message.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Finishes or hands back what is in flight; <paramref name="cancellation"/> ends the patience.</summary>
    Task StopAsync(CancellationToken cancellation);
}
