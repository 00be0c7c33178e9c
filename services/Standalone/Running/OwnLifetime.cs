namespace Integration.Standalone.Running;

/// <summary>Keeps each service from listening for Ctrl+C: they end together, in order.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
