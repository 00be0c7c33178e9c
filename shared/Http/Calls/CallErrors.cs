using Integration.Sdk;

namespace Integration.Http;

/// <summary>The errors of a call that got no answer, or no whole one.</summary>
internal static class CallErrors
{
    public static ConnectivityErrorException Timeout(HttpCall call, TimeSpan patience, bool sent, Exception cause) =>
        Lost("timeout", call, $"did not answer within {patience.TotalSeconds:0.###} s", sent, cause);

    public static Exception Of(HttpCall call, bool sent, Exception cause) =>
        Typed(cause) is { } typed ? At(call, typed)
        : cause is OperationCanceledException { InnerException: TimeoutException } ? NoConnection(call, cause)
        : cause switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new ConnectivityErrorException(
                    "tls-failed",
                    $"{call}: no TLS connection to {call.Target}. {cause.GetBaseException().Message}",
                    cause
                )
                {
                    Target = call.Target,
                },
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or InvalidDataException =>
                AnswerErrors.Malformed(call, $"is no valid HTTP: {cause.GetBaseException().Message}", sent, cause),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new VolumetricErrorException("answer-too-large", $"{call}: the answer's headers are too large.", cause)
                {
                    Target = call.Target,
                    EffectUnknown = sent,
                },
            HttpRequestException or IOException when TlsAlerts.OfClientCertificate(call.Target, cause) is { } refused =>
                refused,
            HttpRequestException or IOException => Lost(
                "connection-lost",
                call,
                "ended the connection before its answer was complete",
                sent,
                cause
            ),
            _ => cause,
        };

    private static ConnectivityErrorException NoConnection(HttpCall call, Exception cause) =>
        new("connect-timeout", $"{call}: no connection to {call.Target} in time.", cause) { Target = call.Target };

    private static ConnectivityErrorException Lost(
        string code,
        HttpCall call,
        string what,
        bool sent,
        Exception cause
    ) =>
        new(
            code,
            sent
                ? $"{call}: {call.Target} {what}. It may have done what was asked."
                : $"{call}: {call.Target} {what}. The request was not sent.",
            cause
        )
        {
            Target = call.Target,
            EffectUnknown = sent,
        };

    /// <summary>What the guard and the certificate check throw arrives wrapped.</summary>
    public static TaskErrorException? Typed(Exception? exception) =>
        exception as TaskErrorException ?? (exception is null ? null : Typed(exception.InnerException));

    private static TaskErrorException At(HttpCall call, TaskErrorException error) =>
        error is AccessErrorException { Target: null } access
            ? new AccessErrorException(access.Code, $"{call}: {access.Message}", access) { Target = call.Target }
            : error;
}
