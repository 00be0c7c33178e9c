using Integration.Bus;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.ErrorTreatment.Tests;

/// <summary>In one process, as Standalone has it.</summary>
public sealed class InMemoryEndToEndTests : EndToEnd
{
    /// <inheritdoc />
    protected override IBus Bus { get; } =
        BusFactory.Create(
            new BusOptions { Transport = BusTransport.InMemory },
            "test",
            NullLoggerFactory.Instance,
            TimeProvider.System
        );

    private protected override Task<RunningTreatment> StartTreatmentAsync() => RunningTreatment.StartAsync(bus: Bus);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
