using System.Net.Sockets;
using System.Security.Authentication;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Sql.Running;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>Why there is no connection. Nothing was executed in any of them.</summary>
[RaisesFrom(typeof(GuardedConnector))]
[RaisesFrom(typeof(CertificateCheck))]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "The server gives no TLS connection that can be trusted. Nothing was executed.",
    "Check the server's ssl settings."
)]
[Raises(
    ErrorCategory.Connectivity,
    "pool-exhausted",
    "All connections were in use for too long. Nothing was executed.",
    "Raise `MaxPoolSize` of the connection, or look for slow statements."
)]
internal static class ConnectionErrors
{
    public static TaskErrorException Of(Exception exception, string target, int poolSize)
    {
        var causes = Causes(exception).ToList();
        if (causes.OfType<AccessErrorException>().FirstOrDefault() is { } refused)
            return new AccessErrorException(refused.Code, refused.Message, exception) { Target = target };
        if (causes.OfType<PostgresException>().FirstOrDefault() is { } answer)
            return FailureErrors.Of(PostgreSqlFailure.Of(answer), null, target, exception);
        if (
            causes.OfType<AuthenticationException>().Any()
            || exception.Message.Contains("SSL", StringComparison.Ordinal)
        )
            return Lost(
                "tls-failed",
                $"{target} gives no TLS connection that can be trusted. Check the server's ssl settings."
            );
        if (exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal))
            return Lost(
                "pool-exhausted",
                $"All {poolSize} connections to {target} were in use for too long. Raise MaxPoolSize of the connection, or "
                    + "look for slow statements."
            );
        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return socket.SocketErrorCode == SocketError.ConnectionRefused
                ? Lost(
                    "connection-refused",
                    $"Nothing listens on {target}. Check the port, and whether the database runs."
                )
                : Lost("unreachable", $"{target} cannot be reached: {socket.SocketErrorCode}.");
        }

        return causes.OfType<TimeoutException>().Any()
            ? Lost("connect-timeout", $"{target} gave no connection in time. Check host, port and firewalls.")
            : Lost("unreachable", $"{target} gave no connection: it ended while it was opened.");

        ConnectivityErrorException Lost(string code, string message) =>
            new(code, message, exception) { Target = target };
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
            if (exception is AggregateException { InnerExceptions: [.., var last] })
            {
                foreach (var cause in Causes(last))
                    yield return cause;
                yield break;
            }
        }
    }
}
