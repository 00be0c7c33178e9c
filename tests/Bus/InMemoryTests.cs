namespace Integration.Bus.Tests;

public sealed class InMemoryTests : BusContract
{
    protected override BusOptions Options { get; } = new() { Transport = BusTransport.InMemory };
}
