using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>The RabbitMQ node of this project's tests, with a virtual host for each of them.</summary>
public class Broker : IAsyncLifetime
{
    private readonly RabbitMqServer _server;

    public Broker()
        : this(RabbitMqRelease.Installed) { }

    protected Broker(RabbitMqRelease release) => _server = new RabbitMqServer { Release = release, VirtualHosts = 160 };

    public Uri TakeVirtualHost() => _server.TakeVirtualHost();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with RabbitMQ 4.</summary>
public sealed class Broker4() : Broker(RabbitMqRelease.Four);
