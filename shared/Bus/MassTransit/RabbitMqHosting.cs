using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>Where MassTransit finds the broker.</summary>
internal static class RabbitMqHosting
{
    public static void Connect(this IRabbitMqBusFactoryConfigurator bus, BusOptions options, string service)
    {
        var connection = RabbitMq.ConnectionFactories.Create(options);
        bus.Host(
            connection.HostName,
            (ushort)connection.Endpoint.Port,
            connection.VirtualHost,
            service,
            host =>
            {
                host.Username(connection.UserName);
                host.Password(connection.Password);
                host.Heartbeat(connection.RequestedHeartbeat);
                host.PublisherConfirmation = true;
                if (connection.Ssl.Enabled)
                    host.UseSsl(ssl => ssl.ServerName = connection.Ssl.ServerName);
            }
        );
    }
}
