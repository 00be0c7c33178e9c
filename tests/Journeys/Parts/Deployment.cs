using System.Collections.Concurrent;

namespace Integration.Journeys.Tests;

/// <summary>
/// The services of one journey: processes of their own, on a virtual host and with databases that nobody else uses.
/// </summary>
public sealed class Deployment(Uri broker) : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new("journey");
    private readonly ConcurrentQueue<ServiceProcess> _processes = [];
    private CoreApi? _core;
    private TreatmentApi? _treatment;

    public Uri Broker => broker;

    /// <summary>What every service is started with, as a deployment's environment.</summary>
    public IDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Bus__Uri"] = broker.ToString(),
            ["Bus__ReconnectDelay"] = "00:00:00.500",
            ["Egress__AllowLoopback"] = "true",
            ["Rest__Retries"] = "0",
            ["Treatment__Connectivity__Delay"] = "00:00:00.300",
            ["Treatment__Connectivity__LongestDelay"] = "00:00:01",
        };

    public CoreApi Core => _core ?? throw new InvalidOperationException("Start ProcessCore first.");

    public TreatmentApi Treatment => _treatment ?? throw new InvalidOperationException("Start ErrorTreatment first.");

    /// <summary>All that were started.</summary>
    public IEnumerable<ServiceProcess> Processes => _processes;

    /// <summary>The Rest service that was started last.</summary>
    public ServiceProcess Rest => _processes.Last(process => process.Name == "Rest");

    /// <summary>Everything that was written to the disk: databases with their side files.</summary>
    public IEnumerable<byte[]> Files =>
        Directory.EnumerateFiles(_data.Path, "*", SearchOption.AllDirectories).Select(ReadShared);

    /// <summary>What all services have written to their output.</summary>
    public IEnumerable<string> Logs => _processes.Select(process => process.Log);

    /// <summary>Starts core, error treatment and Rest.</summary>
    public async Task StartAllAsync() =>
        await Task.WhenAll(StartAsync("ProcessCore"), StartAsync("ErrorTreatment"), StartAsync("Rest"));

    /// <summary>Starts a service and returns when it is ready.</summary>
    public Task<ServiceProcess> StartAsync(string service, params (string Name, string Value)[] further) =>
        ReadyAsync(ServiceProcess.Launch(service, SettingsOf(service, further)));

    /// <summary>Starts a service that is not among ours.</summary>
    public Task<ServiceProcess> StartAsync(FileInfo assembly, string name) =>
        ReadyAsync(ServiceProcess.Launch(assembly, name, SettingsOf(name, [])));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            // Shown when the journey has failed.
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {process.Name} ---\n{process.Log}");
            await process.DisposeAsync();
        }

        _core?.Dispose();
        _treatment?.Dispose();
        _data.Dispose();
    }

    private async Task<ServiceProcess> ReadyAsync(ServiceProcess process)
    {
        _processes.Enqueue(process);
        await process.ReadyAsync();
        if (process.Name == "ProcessCore")
            _core = new CoreApi(process.Url);
        if (process.Name == "ErrorTreatment")
            _treatment = new TreatmentApi(process.Url);
        return process;
    }

    private Dictionary<string, string> SettingsOf(string service, (string Name, string Value)[] further)
    {
        var settings = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        settings.TryAdd("Storage__ConnectionString", $"Data Source={_data.Combine($"{service}.db")}");
        foreach (var (name, value) in further)
            settings[name] = value;
        return settings;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
