using System.Net;
using System.Net.Sockets;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Egress;

/// <summary>The errors of a connection that was never there. Nothing was sent in any of them.</summary>
[Raises(
    ErrorCategory.Access,
    "egress-refused",
    "The address is not one that this service may call. Nothing was sent.",
    "The message names the setting: Egress__Allow, Egress__AllowPrivate or Egress__AllowLoopback."
)]
[Raises(
    ErrorCategory.Connectivity,
    "host-not-found",
    "The name service does not know the host, or did not answer. Nothing was sent.",
    "Check the spelling of the host, and the name service."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connection-refused",
    "Nothing listens there. Nothing was sent.",
    "Check the port, and whether the target runs."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connect-timeout",
    "No connection was opened in time. Nothing was sent.",
    "Check host, port and firewalls, and whether the target runs."
)]
[Raises(
    ErrorCategory.Connectivity,
    "unreachable",
    "There is no way to the host. Nothing was sent.",
    "Check the network and its routes."
)]
internal static class ConnectErrors
{
    public static AccessErrorException Refused(string target, EgressRefusal refusal) =>
        new("egress-refused", $"This service may not connect to {target}: {refusal.Reason}. {refusal.WayOut}")
        {
            Target = target,
        };

    public static ConnectivityErrorException Timeout(string target, TimeSpan timeout, Exception cause) =>
        new(
            "connect-timeout",
            $"{target} did not accept a connection within {timeout.TotalSeconds:0.###} s. Check host, port and firewalls.",
            cause
        )
        {
            Target = target,
        };

    public static ConnectivityErrorException NotFound(string host, string target, SocketException cause) =>
        cause.SocketErrorCode == SocketError.TryAgain
            ? new("host-not-found", $"The name service did not answer for the host '{host}'.", cause)
            {
                Target = target,
            }
            : new("host-not-found", $"The host '{host}' is not known to the name service. Check its spelling.", cause)
            {
                Target = target,
            };

    public static ConnectivityErrorException Failed(string target, IPAddress address, SocketException cause) =>
        cause.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new(
                "connection-refused",
                $"Nothing listens on {target} ({address}). Check the port, and whether the target runs.",
                cause
            )
            {
                Target = target,
            },
            SocketError.TimedOut => new(
                "connect-timeout",
                $"{target} ({address}) did not accept a connection. Check host, port and firewalls.",
                cause
            )
            {
                Target = target,
            },
            _ => new("unreachable", $"{target} ({address}) cannot be reached: {cause.SocketErrorCode}.", cause)
            {
                Target = target,
            },
        };
}
