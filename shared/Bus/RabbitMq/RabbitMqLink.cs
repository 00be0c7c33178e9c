using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// One connection that is brought back whenever it is lost, also when the broker is away at the start. The client's own
/// recovery is off: it gives up when the first connection fails, and it would revive channels whose unconfirmed
/// publishes and unsettled deliveries belong to a broker that has forgotten them.
/// </summary>
internal sealed class RabbitMqLink(
    ConnectionFactory factory,
    string name,
    TimeSpan longestDelay,
    TimeProvider time,
    ILogger log,
    bool compares = false
) : IAsyncDisposable
{
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Outage _outage = new(time);
    private readonly SharedTopology _topology = new(factory.UserName, factory.VirtualHost, compares);
    private volatile IConnection? _connection;
    private bool _wasConnected;

    public BusState State =>
        _closing.IsCancellationRequested ? BusState.Closed
        : _connection is { IsOpen: true } ? BusState.Connected
        : _wasConnected ? BusState.Reconnecting
        : BusState.Connecting;

    /// <summary>As which the broker knows us.</summary>
    public string User => factory.UserName;

    /// <summary>Whether the broker takes no publishes for now, because it runs out of memory or disk.</summary>
    public bool Blocked { get; private set; }

    /// <summary>The open connection, with the topology declared; waits for the broker when it is away.</summary>
    /// <exception cref="MissingGrantException">At the first connection: the topology is not there, and may not be declared.</exception>
    /// <exception cref="WrongArgumentsException">At the first connection: something of it is there with other arguments.</exception>
    public async ValueTask<IConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_connection is { IsOpen: true } open)
            return open;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        await _connecting.WaitAsync(either.Token);
        try
        {
            for (var delay = _firstDelay; ; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, longestDelay.Ticks)))
            {
                if (_connection is { IsOpen: true } meanwhile)
                    return meanwhile;
                try
                {
                    return await ConnectAsync(either.Token);
                }
                // Waiting does not help at a start; a service that has worked waits until the broker is put right.
                catch (Exception e) when (e is MissingGrantException or WrongArgumentsException && !_wasConnected)
                {
                    throw;
                }
                catch (Exception e) when (!either.IsCancellationRequested)
                {
                    var reason = e.InnerException?.Message ?? e.Message;
                    if (_outage.ShouldLog(reason))
                        log.LogWarning(
                            "RabbitMQ at {Host}:{Port} cannot be used ({Reason}); trying again until it can",
                            factory.HostName,
                            factory.Port,
                            reason
                        );
                }

                await Task.Delay(delay, time, either.Token);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connecting.WaitAsync();
        if (_connection is { } connection)
            await connection.CloseQuietlyAsync();
        _connecting.Dispose();
        _closing.Dispose();
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _connection, null) is { } lost)
            await lost.CloseQuietlyAsync();

        var connection = await factory.CreateConnectionAsync(name, cancellation);
        try
        {
            await _topology.DeclareAsync(connection, cancellation);
        }
        catch
        {
            await connection.CloseQuietlyAsync();
            throw;
        }

        Blocked = false;
        connection.ConnectionBlockedAsync += OnBlockedAsync;
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Blocked = false;
            log.LogInformation("RabbitMQ takes publishes again");
            return Task.CompletedTask;
        };
        connection.ConnectionShutdownAsync += OnShutdownAsync;
        _connection = connection;
        if (_outage.End() is { } outage)
            log.LogInformation("Connected to RabbitMQ, which could not be used for {Outage}", outage);
        else if (_wasConnected)
            log.LogInformation("Connected to RabbitMQ again");
        _wasConnected = true;
        return connection;
    }

    private Task OnBlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        Blocked = true;
        log.LogWarning("RabbitMQ takes no publishes for now: {Reason}", blocked.Reason);
        return Task.CompletedTask;
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        if (_closing.IsCancellationRequested)
            return Task.CompletedTask;

        log.LogWarning("The connection to RabbitMQ is lost: {Reason}", reason.ReplyText);
        // Also while nothing is published or consumed: readiness must not wait for the next message.
        _ = Task.Run(ReopenAsync);
        return Task.CompletedTask;
    }

    private async Task ReopenAsync()
    {
        try
        {
            await OpenAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The link is closing.
        }
    }
}
