using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// A channel for what the broker may refuse by closing it, so that nothing else goes with it. After a refusal the next attempt
/// gets a fresh one.
/// </summary>
internal sealed class ThrowAwayChannel(IConnection connection, CancellationToken cancellation) : IAsyncDisposable
{
    private IChannel? _channel;

    /// <returns>Why the broker closed the channel; null when it did not.</returns>
    public async Task<OperationInterruptedException?> TryAsync(Func<IChannel, Task> attempt)
    {
        _channel ??= await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await attempt(_channel);
            return null;
        }
        // A connection that is lost is no answer to the attempt.
        catch (OperationInterruptedException e) when (connection.IsOpen && e.ShutdownReason is not null)
        {
            await DisposeAsync();
            return e;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _channel, null) is { } channel)
            await channel.CloseQuietlyAsync();
    }
}
