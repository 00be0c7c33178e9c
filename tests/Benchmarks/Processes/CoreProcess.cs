using Integration.Hosting;
using Integration.ProcessCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Benchmarks.Processes;

/// <summary>The process core as it is deployed.</summary>
internal static class CoreProcess
{
    public static async Task RunAsync(string[] settings, CancellationToken stop)
    {
        await using var app = ProcessCoreService.Create(
            settings,
            builder => builder.Logging.SetMinimumLevel(LogLevel.Warning)
        );
        await app.StartAsync(stop);
        await app.Services.GetRequiredService<Readiness>().WaitAsync(stop);
        Child.Ready();
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }
}
