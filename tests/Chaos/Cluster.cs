using System.Collections.Concurrent;
using Integration.Fixtures;

namespace Integration.Chaos.Tests;

/// <summary>The broker and the services, each a process of its own, to be killed and started again.</summary>
public sealed class Cluster : IAsyncDisposable
{
    public const string Core = "ProcessCore";
    public const string Rest = "Rest";
    public const string Treatment = "ErrorTreatment";
    public static readonly IReadOnlyList<string> Services = [Core, Rest, Treatment];

    private readonly RabbitMqServer _broker = new();
    private readonly TemporaryFolder _data = new("chaos");
    private readonly ConcurrentDictionary<string, ServiceProcess> _processes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _kills = new(StringComparer.Ordinal);

    public Uri Broker => _broker.Uri;

    public int BrokerRestarts { get; private set; }

    public int KillsOf(string service) => _kills.GetValueOrDefault(service);

    public Uri UrlOf(string service) => new($"http://127.0.0.1:{_ports[service]}");

    public static async Task<Cluster> StartAsync()
    {
        var cluster = new Cluster();
        await cluster._broker.InitializeAsync();
        foreach (var service in Services)
        {
            cluster._ports[service] = FreePort.Next();
            await cluster.StartAsync(service);
        }

        return cluster;
    }

    /// <summary>Kills a service as the failure of its machine would, and starts it again.</summary>
    public async Task KillAsync(string service)
    {
        if (_processes.TryRemove(service, out var process))
        {
            await process.KillAsync();
            await process.DisposeAsync();
            _kills.AddOrUpdate(service, 1, (_, kills) => kills + 1);
        }

        await StartAsync(service);
    }

    /// <summary>Kills the broker and starts it again with the same data.</summary>
    public async Task RestartBrokerAsync()
    {
        await _broker.KillAsync();
        await _broker.StartAsync();
        BrokerRestarts++;
    }

    /// <summary>Waits until the broker would know these queues, and those of the services, after it was killed.</summary>
    public Task OnDiskAsync(params IEnumerable<string> queues) =>
        Task.WhenAll(
            queues
                .Concat(["integration.process-core", "integration.rest", "integration.error-treatment"])
                .Select(queue => _broker.WaitUntilOnDiskAsync(_broker.Uri, queue))
        );

    /// <summary>Waits until every service says that it is ready.</summary>
    public Task ReadyAsync() => Task.WhenAll(_processes.Values.Select(process => process.ReadyAsync()));

    public string LogOf(string service) => _processes[service].Log;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
            await process.DisposeAsync();
        await _broker.DisposeAsync();
        _data.Dispose();
    }

    // Not waited for: a service must also come up while the broker is away.
    private Task StartAsync(string service)
    {
        _processes[service] = ServiceProcess.Launch(
            service,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Bus__Uri"] = _broker.Uri.ToString(),
                ["Bus__ReconnectDelay"] = "00:00:00.500",
                ["Storage__ConnectionString"] = $"Data Source={_data.Combine($"{service}.db")}",
                ["Egress__AllowLoopback"] = "true",
                ["Core__OutboxLease"] = "00:00:02",
                ["Treatment__Connectivity__Delay"] = "00:00:00.300",
                ["Treatment__Connectivity__LongestDelay"] = "00:00:02",
                ["Treatment__Connectivity__Retries"] = "100",
                ["Treatment__Internal__Delay"] = "00:00:00.300",
                ["Treatment__Internal__LongestDelay"] = "00:00:02",
                ["Treatment__Internal__Retries"] = "100",
            },
            _ports[service]
        );
        return Task.CompletedTask;
    }
}
