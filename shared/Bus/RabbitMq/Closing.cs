using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>Ends what may have ended already, as a broker that is gone cannot be said goodbye to.</summary>
internal static class Closing
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static async Task CloseQuietlyAsync(this IConnection connection)
    {
        try
        {
            await connection.CloseAsync(_patience);
        }
        catch (Exception)
        {
            // Gone already.
        }

        await connection.DisposeAsync();
    }

    public static async Task CloseQuietlyAsync(this IChannel channel)
    {
        try
        {
            using var patience = new CancellationTokenSource(_patience);
            await channel.CloseAsync(patience.Token);
        }
        catch (Exception)
        {
            // Gone already.
        }

        try
        {
            await channel.DisposeAsync();
        }
        catch (Exception)
        {
            // Its connection is gone.
        }
    }
}
