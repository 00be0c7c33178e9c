using Integration.Fixtures;

namespace Integration.Bus.Tests;

public sealed class MassTransitRabbitMqTests(RabbitMqServer server) : BusContract
{
    protected override BusOptions Options { get; } =
        new() { Transport = BusTransport.MassTransit, Uri = server.TakeVirtualHost() };
}
