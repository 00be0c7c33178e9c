using System.Net.Security;
using System.Security.Authentication;
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
                if (connection.Ssl.Enabled)
                    host.UseSsl(ssl => Verify(ssl, connection.Ssl.ServerName));
            }
        );
    }

    /// <summary>MassTransit alone takes any certificate that bears the right name, whatever its issuer.</summary>
    private static void Verify(IRabbitMqSslConfigurator ssl, string serverName)
    {
        ssl.ServerName = serverName;
        // Whatever the operating system holds for secure.
        ssl.Protocol = SslProtocols.None;
        ssl.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateChainErrors
                | SslPolicyErrors.RemoteCertificateNameMismatch
                | SslPolicyErrors.RemoteCertificateNotAvailable
        );
    }
}
