using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Exceptions that an operation did not expect, as errors of the contract.</summary>
/// <remarks>
/// Nothing is known about their effect, so for <see cref="Effect.Once"/> all of them are in doubt but those that say that
/// nothing was sent: a refused connection, an unknown host.
/// </remarks>
public static class ExceptionClassifier
{
    /// <summary>The typed error for any exception; a typed one is returned as it is.</summary>
    public static TaskErrorException Classify(Exception exception) =>
        exception switch
        {
            TaskErrorException typed => typed,
            HttpRequestException { InnerException: AuthenticationException } e => Tls(e),
            HttpRequestException { InnerException: SocketException socket } e => Socket(socket, e),
            HttpRequestException { StatusCode: { } status } e => Status(status, e),
            AuthenticationException e => Tls(e),
            SocketException e => Socket(e, e),
            HttpRequestException or IOException => Unknown("connection-lost", exception),
            TimeoutException or OperationCanceledException => Unknown("timeout", exception),
            _ => new InternalErrorException(
                ErrorCodes.UnhandledException,
                $"The operation failed with {exception.GetType().Name}: {exception.Message}",
                exception
            )
            {
                Status = -1,
                EffectUnknown = true,
            },
        };

    private static ConnectivityErrorException Unknown(string code, Exception exception) =>
        new(code, exception.Message, exception) { EffectUnknown = true };

    private static ConnectivityErrorException Tls(Exception exception) =>
        new("tls-failed", $"No trusted TLS connection: {exception.Message}", exception);

    private static ConnectivityErrorException Socket(SocketException socket, Exception exception) =>
        socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new("connection-refused", exception.Message, exception),
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => new(
                "host-not-found",
                exception.Message,
                exception
            ),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(
                "unreachable",
                exception.Message,
                exception
            ),
            _ => Unknown("connection-lost", exception),
        };

    private static TaskErrorException Status(HttpStatusCode status, Exception exception) =>
        (int)status switch
        {
            401 or 403 => new AccessErrorException("refused", exception.Message, exception) { Status = (int)status },
            429 => new VolumetricErrorException("throttled", exception.Message, exception)
            {
                Status = 429,
                Retryable = true,
            },
            413 => new VolumetricErrorException("too-large", exception.Message, exception) { Status = 413 },
            502 or 503 or 504 => new ConnectivityErrorException("unavailable", exception.Message, exception)
            {
                Status = (int)status,
                EffectUnknown = true,
            },
            >= 500 => new ConnectivityErrorException("server-error", exception.Message, exception)
            {
                Status = (int)status,
                EffectUnknown = true,
            },
            _ => new DataErrorException("refused", exception.Message, exception) { Status = (int)status },
        };
}
