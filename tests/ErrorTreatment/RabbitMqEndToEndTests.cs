using Integration.Bus;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(RabbitMqServer))]

namespace Integration.ErrorTreatment.Tests;

/// <summary>On a real broker.</summary>
public class RabbitMqEndToEndTests : EndToEnd
{
    private readonly Uri _broker;

    public RabbitMqEndToEndTests(RabbitMqServer server)
    {
        _broker = server.TakeVirtualHost();
        Bus = BusFactory.Create(
            new BusOptions { Uri = _broker },
            "test",
            NullLoggerFactory.Instance,
            TimeProvider.System
        );
    }

    /// <inheritdoc />
    protected override IBus Bus { get; }

    private protected override Task<RunningTreatment> StartTreatmentAsync() =>
        RunningTreatment.StartAsync(broker: _broker);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
