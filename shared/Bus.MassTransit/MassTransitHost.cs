using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>A MassTransit bus of our own, in a container of its own, as that is where its usage telemetry is turned off.</summary>
internal sealed class MassTransitHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public MassTransitHost(ILoggerFactory logging, Action<IBusRegistrationConfigurator> configure)
    {
        _provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(logging)
            .AddMassTransit(registration =>
            {
                registration.DisableUsageTelemetry();
                configure(registration);
            })
            .BuildServiceProvider();
        Bus = _provider.GetRequiredService<IBusControl>();
    }

    public IBusControl Bus { get; }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
