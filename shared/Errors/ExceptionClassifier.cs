using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>Exceptions that an operation did not expect, as errors of the contract.</summary>
/// <remarks>
/// Nothing is known about their effect, so for the effect <c>Once</c> all of them are in doubt but those that say that
/// nothing was sent: a refused connection, an unknown host.
/// </remarks>
[Raises(
    ErrorCategory.Connectivity,
    "connection-refused",
    "Nothing listens there. Nothing was sent.",
    "Check host and port. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "host-not-found",
    "The name service does not know the host.",
    "Check its spelling. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "unreachable",
    "The host cannot be reached. Nothing was sent.",
    "Check network and firewalls. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended before the answer was complete.",
    "Look at the target. It is retried."
)]
[Raises(ErrorCategory.Connectivity, "timeout", "There was no answer in time.", "Look at the target. It is retried.")]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "No TLS connection, or a certificate that is not trusted.",
    "Check the port and the certificate. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "unavailable",
    "The target answered 502, 503 or 504.",
    "Look at the target. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "server-error",
    "The target answered 500 or another 5xx.",
    "Look at the target. It is retried."
)]
[Raises(ErrorCategory.Access, "refused", "The target answered 401 or 403.", "Check credentials and rights.")]
[Raises(ErrorCategory.Data, "refused", "The target answered another 4xx.", "Correct the inputs.")]
[Raises(ErrorCategory.Volumetric, "throttled", "The target answered 429.", "It is retried slowly.")]
[Raises(ErrorCategory.Volumetric, "too-large", "The target answered 413.", "Send less.")]
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
