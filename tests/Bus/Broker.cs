using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>The RabbitMQ node of this project's tests, with a virtual host for each of them.</summary>
public sealed class Broker : IAsyncLifetime
{
    private readonly RabbitMqServer _server = new() { VirtualHosts = 110 };

    public Uri TakeVirtualHost() => _server.TakeVirtualHost();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
