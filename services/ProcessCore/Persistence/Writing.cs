using Integration.Hosting;

namespace Integration.ProcessCore.Persistence;

/// <summary>Ends the writer when everything that gives it work has stopped: what was submitted is written.</summary>
internal sealed class Writing(InstanceWriter writer) : IServiceComponent
{
    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellation) => await writer.DisposeAsync();
}
