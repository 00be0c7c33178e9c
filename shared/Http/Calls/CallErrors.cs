using Integration.Contracts;
using Integration.Errors;

namespace Integration.Http;

/// <summary>The errors of a call that got no answer, or no whole one.</summary>
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "There was no whole answer in time.",
    "Look at the target; it is retried. If it needs the time, raise the timeout."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended before the answer was complete.",
    "Look at the target; it is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "The target speaks no TLS, or none that both sides accept.",
    "Check http or https and the port."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connect-timeout",
    "No connection was opened in time. Nothing was sent.",
    "Check host, port and firewalls, and whether the target runs."
)]
[Raises(
    ErrorCategory.Connectivity,
    "request-refused",
    "The target gave the request back before it began with it (HTTP/2: REFUSED_STREAM, HTTP_1_1_REQUIRED or GOAWAY). Nothing was done.",
    "It is retried. If it lasts, look at the target, or at what is in front of it."
)]
[RaisesFrom(typeof(AnswerErrors))]
internal static class CallErrors
{
    public static ConnectivityErrorException Timeout(HttpCall call, AttemptTime time, bool sent, Exception cause) =>
        Lost("timeout", call, time.Failure, sent, cause);

    /// <param name="call">The call.</param>
    /// <param name="content">What was sent with it, if anything.</param>
    /// <param name="cause">What went wrong.</param>
    public static Exception Of(HttpCall call, SentContent? content, Exception cause) =>
        Typed(cause) is { } typed
            ? At(call, IsOfConnecting(cause) ? typed.WithoutEffect() : WithEffectOf(typed, content))
        : IsGivenBack(call, content, cause) ? GivenBack(call, cause)
        : Of(call, content?.Begun ?? true, cause);

    // A call of once has a content until there is an answer. What a target says afterwards does not undo that.
    private static bool IsGivenBack(HttpCall call, SentContent? content, Exception cause) =>
        (content is not null || call.MayRepeat) && RefusedStreams.IsOne(cause);

    private static ConnectivityErrorException GivenBack(HttpCall call, Exception cause) =>
        new(
            "request-refused",
            $"{call}: {call.Target} gave the request back before it began with it ({cause.GetBaseException().Message.TrimEnd('.')}). "
                + "Nothing was done.",
            cause
        )
        {
            Target = call.Target,
        };

    private static Exception Of(HttpCall call, bool sent, Exception cause) =>
        cause is OperationCanceledException { InnerException: TimeoutException }
            ? NoConnection(call, cause)
            : cause switch
            {
                UnreadableBodyException => AnswerErrors.Malformed(call, cause.Message, sent, cause),
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
                    new VolumetricErrorException(
                        "answer-too-large",
                        $"{call}: the answer's headers are too large.",
                        cause
                    )
                    {
                        Target = call.Target,
                        EffectUnknown = sent,
                    },
                HttpRequestException
                or IOException when TlsAlerts.OfClientCertificate(call.Target, cause) is { } refused => refused,
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

    // A request that the framework sends again needs a connection anew: what had begun before was refused as a whole.
    private static bool IsOfConnecting(Exception cause) =>
        cause
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
            };

    // A file store that got no answer does not know what it has done; of the call it is known that nothing was sent.
    private static TaskErrorException WithEffectOf(TaskErrorException error, SentContent? content) =>
        content switch
        {
            null => error,
            { Begun: true } => error.WithUnknownEffect(),
            _ => error.WithoutEffect(),
        };

    private static TaskErrorException At(HttpCall call, TaskErrorException error) =>
        error is AccessErrorException { Target: null } access
            ? new AccessErrorException(access.Code, $"{call}: {access.Message}", access)
            {
                Target = call.Target,
                EffectUnknown = access.EffectUnknown,
            }
            : error;
}
