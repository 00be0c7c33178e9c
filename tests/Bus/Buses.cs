using Integration.Bus.MassTransit;
using Integration.Fixtures;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.Tests;

/// <summary>Buses on every adapter that there is.</summary>
internal static class Buses
{
    public static IBus Create(BusOptions options, string service = "tests", ILoggerFactory? log = null) =>
        BusFactory.Create(options, service, log ?? new LogLines(), TimeProvider.System, new MassTransitTransport());
}
