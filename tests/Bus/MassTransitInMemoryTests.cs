namespace Integration.Bus.Tests;

public sealed class MassTransitInMemoryTests : BusContract
{
    protected override BusOptions Options { get; } = new() { Transport = BusTransport.InMemory };
}
