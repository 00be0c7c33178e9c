using Integration.Bus;
using Integration.Standalone.Samples;

namespace Integration.Standalone.Running;

/// <summary>Every service and the sample systems, on one bus, in one process.</summary>
internal sealed class LocalSystem : IRunningSystem, IAsyncDisposable
{
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);

    private readonly ILoggerFactory _logging;
    private readonly IBus _bus;
    private readonly LocalService[] _services;
    private readonly LocalService _core;
    private readonly LocalService _treatment;
    private readonly LocalService _samples;

    /// <summary>Builds it; nothing runs yet.</summary>
    /// <param name="ports">Where to listen.</param>
    /// <param name="folder">Where the databases are.</param>
    /// <param name="verbose">Whether to show what is not an error, too.</param>
    public LocalSystem(Ports ports, string folder, bool verbose)
    {
        _logging = LoggerFactory.Create(logging => Log(logging, verbose));
        _bus = BusFactory.Create(
            new BusOptions { Transport = BusTransport.InMemory },
            "standalone",
            _logging,
            TimeProvider.System
        );
        _services =
        [
            .. ServiceList
                .All.AsParallel()
                .AsOrdered()
                .Select(service => new LocalService(
                    service.Title,
                    ports.Of(service),
                    service.Create([.. Settings(service), .. FirstSettings.Of(service.Name, folder)], Share)
                )),
        ];
        _core = _services.Single(service => service.Name == "process core");
        _treatment = _services.Single(service => service.Name == "error treatment");
        _samples = new("sample systems", ports.Samples, SampleSystems.Create(ports.Samples));

        string[] Settings(ServiceEntry service) =>
            [
                $"--urls=http://127.0.0.1:{ports.Of(service)}",
                "--Storage:Provider=Sqlite",
                $"--Storage:ConnectionString=Data Source={Path.Combine(folder, service.Name)}.db",
            ];

        void Share(WebApplicationBuilder builder)
        {
            Log(builder.Logging, verbose);
            builder.Services.AddSingleton(_bus);
            builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        }
    }

    public Place Core => new(_core.Address, Token: _core.Token);

    public Place Treatment => new(_treatment.Address, Token: _treatment.Token);

    public Place Samples => new(_samples.Address);

    public Uri SamplesHere => _samples.Address;

    /// <summary>Where each of them listens, the sample systems last.</summary>
    public IEnumerable<(string Name, Uri Address)> Addresses =>
        _services.Append(_samples).Select(one => (one.Name, one.Address));

    /// <summary>Returns when everything can work.</summary>
    /// <exception cref="StartException">Something cannot.</exception>
    public Task StartAsync(CancellationToken cancellation) =>
        // A host starts on the thread that asks for it: on threads of their own they start together.
        Task.WhenAll(
            _services.Append(_samples).Select(service => Task.Run(() => service.StartAsync(cancellation), cancellation))
        );

    /// <summary>The services first, together; then what they use.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(_stopWithin))
            await Task.WhenAll(_services.Select(service => service.App.StopAsync(patience.Token)));
        foreach (var service in _services.Append(_samples))
            await service.App.DisposeAsync();
        await _bus.DisposeAsync();
        _logging.Dispose();
    }

    private static void Log(ILoggingBuilder logging, bool verbose)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.IncludeScopes = false;
            console.TimestampFormat = "HH:mm:ss.fff  ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }
}
