using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>How the broker is connected to.</summary>
internal static class ConnectionFactories
{
    public static ConnectionFactory Create(BusOptions options) =>
        new()
        {
            Uri = options.Uri,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            // Half of the time after which a broker that vanished without a word is noticed.
            RequestedHeartbeat = TimeSpan.FromSeconds(15),
        };
}
