using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>A core on a database file of its own and a bus in the test's hands.</summary>
public abstract class CoreTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("core");

    private protected TestBus Bus { get; } = new();

    private protected string Database => $"Data Source={_folder.Combine("core.db")}";

    private protected Task<Core> StartAsync(params string[] settings) => Core.StartAsync(Database, Bus, settings);

    private protected static Drawing OneTask() =>
        new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End");

    private protected Task RequestedAsync(int count) =>
        Eventually.TrueAsync(() => Bus.Requests.Count == count, what: $"{count} tasks were asked for");

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
