namespace Integration.Journeys.Tests;

/// <summary>The RabbitMQ node that the journeys share, each on a virtual host of its own.</summary>
public sealed class Broker : IAsyncLifetime
{
    private readonly RabbitMqServer _server = new() { VirtualHosts = 60 };

    public Uri TakeVirtualHost() => _server.TakeVirtualHost();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
