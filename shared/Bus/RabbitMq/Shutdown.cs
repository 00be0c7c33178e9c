using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>Why a connection has ended.</summary>
internal static class Shutdown
{
    /// <summary>
    /// Whether the client has given it up over something that it had read: everything that the client ends and that is not
    /// about the network.
    /// </summary>
    public static bool IsUndecodable(this ShutdownEventArgs reason) =>
        reason is { Initiator: ShutdownInitiator.Library, Exception: { } exception }
        && exception is not (IOException or SocketException or OperationCanceledException or ObjectDisposedException);
}
