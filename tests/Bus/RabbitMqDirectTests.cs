using Integration.Fixtures;

namespace Integration.Bus.Tests;

public sealed class RabbitMqDirectTests(RabbitMqServer server) : BusContract
{
    protected override BusOptions Options { get; } =
        new() { Transport = BusTransport.RabbitMq, Uri = server.TakeVirtualHost() };
}
