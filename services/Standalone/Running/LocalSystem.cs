using Integration.Bus;
using Integration.ErrorTreatment;
using Integration.Ldap;
using Integration.Mail;
using Integration.ProcessCore;
using Integration.Rest;
using Integration.S3;
using Integration.Soap;
using Integration.Sql;
using Integration.Standalone.Samples;

namespace Integration.Standalone.Running;

/// <summary>Every service and the sample systems, on one bus, in one process.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);

    private readonly ILoggerFactory _logging;
    private readonly IBus _bus;
    private readonly LocalService _core;
    private readonly LocalService _treatment;
    private readonly LocalService _rest;
    private readonly LocalService[] _callers;
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
        _core = new("process core", ports.Core, CoreService.Create(Settings("process-core", ports.Core), Share));
        _treatment = new(
            "error treatment",
            ports.Treatment,
            // Five retries take seconds here instead of minutes.
            ErrorTreatmentService.Create(
                [
                    .. Settings("error-treatment", ports.Treatment),
                    "--Treatment:Connectivity:Delay=00:00:00.5",
                    "--Treatment:Connectivity:LongestDelay=00:00:05",
                ],
                Share
            )
        );
        // The sample systems are on this machine, which no process may call otherwise.
        _rest = new(
            "rest",
            ports.Rest,
            RestService.Create([.. Settings("rest", ports.Rest), "--Egress:AllowLoopback=true"], Share)
        );
        _callers =
        [
            new(
                "soap",
                ports.Soap,
                SoapService.Create([.. Settings("soap", ports.Soap), .. FirstSettings.Files(folder)], Share)
            ),
            new("s3", ports.S3, S3Service.Create([.. Settings("s3", ports.S3), .. FirstSettings.Files(folder)], Share)),
            new(
                "mail",
                ports.Mail,
                MailService.Create([.. Settings("mail", ports.Mail), .. FirstSettings.Files(folder)], Share)
            ),
            new(
                "ldap",
                ports.Ldap,
                LdapService.Create([.. Settings("ldap", ports.Ldap), .. FirstSettings.Files(folder)], Share)
            ),
            new(
                "sql",
                ports.Sql,
                SqlService.Create(
                    [.. Settings("sql", ports.Sql), .. FirstSettings.Files(folder), .. FirstSettings.Database(folder)],
                    Share
                )
            ),
        ];
        _samples = new("sample systems", ports.Samples, SampleSystems.Create(ports.Samples));

        string[] Settings(string name, int port) =>
            [
                $"--urls=http://127.0.0.1:{port}",
                "--Storage:Provider=Sqlite",
                $"--Storage:ConnectionString=Data Source={Path.Combine(folder, name)}.db",
            ];

        void Share(WebApplicationBuilder builder)
        {
            Log(builder.Logging, verbose);
            builder.Services.AddSingleton(_bus);
            builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        }
    }

    public Uri Core => _core.Address;

    public Uri Treatment => _treatment.Address;

    /// <summary>What to call the process core with; null when it asks nobody who calls.</summary>
    public string? CoreToken => _core.Token;

    /// <summary>What to call error treatment with; null when it asks nobody who calls.</summary>
    public string? TreatmentToken => _treatment.Token;

    public Uri Rest => _rest.Address;

    public Uri Samples => _samples.Address;

    /// <summary>The services that no sample process needs, for processes of one's own.</summary>
    public IEnumerable<(string Name, Uri Address)> Callers => _callers.Select(one => (one.Name, one.Address));

    private IEnumerable<LocalService> Services => [_core, _treatment, _rest, .. _callers];

    /// <summary>Returns when everything can work.</summary>
    /// <exception cref="StartException">Something cannot.</exception>
    public Task StartAsync(CancellationToken cancellation) =>
        Task.WhenAll(Services.Append(_samples).Select(service => service.StartAsync(cancellation)));

    /// <summary>The services first, together; then what they use.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(_stopWithin))
            await Task.WhenAll(Services.Select(service => service.App.StopAsync(patience.Token)));
        foreach (var service in Services.Append(_samples))
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
