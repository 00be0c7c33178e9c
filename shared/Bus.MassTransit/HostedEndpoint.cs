using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>A MassTransit bus with one receive endpoint, and so a connection of its own, for one pipe.</summary>
internal sealed class HostedEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly MassTransitHost _host;
    private readonly HostedPipe _hosted;
    private HostReceiveEndpointHandle? _endpoint;

    private HostedEndpoint(MassTransitHost host, HostedPipe hosted)
    {
        _host = host;
        _hosted = hosted;
    }

    /// <summary>Whether deliveries can come.</summary>
    public bool Consuming => _hosted.Consuming;

    /// <summary>See <see cref="HostedPipe.Reading"/>.</summary>
    public bool Reading => _hosted.Reading;

    /// <summary>Returns when it consumes.</summary>
    public static async Task<HostedEndpoint> StartAsync(
        MassTransitHost host,
        HostedPipe hosted,
        string queue,
        CancellationToken cancellation
    )
    {
        var started = new HostedEndpoint(host, hosted);
        try
        {
            await host.Bus.StartAsync(cancellation);
            started._endpoint = host.Bus.ConnectReceiveEndpoint(
                queue,
                configurator => hosted.Configure((IRabbitMqReceiveEndpointConfigurator)configurator)
            );
            await started._endpoint.Ready.WaitAsync(cancellation);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public Task StopDeliveriesAsync() => _hosted.StopDeliveriesAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(_patience);
            if (_endpoint is not null)
                await _endpoint.StopAsync(patience.Token);
            await _host.Bus.StopAsync(patience.Token);
        }
        catch (Exception)
        {
            // What cannot be stopped any more is left.
        }

        await _host.DisposeAsync();
    }
}
