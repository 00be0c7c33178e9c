using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>What goes wrong between us and a store, as errors of the contract. Never with what a store writes about credentials.</summary>
[RaisesFrom(typeof(AnswerMeaning))]
[RaisesFrom(typeof(GuardedConnector))]
[RaisesFrom(typeof(CertificateCheck))]
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "There was no whole answer within `S3__RequestTimeout`.",
    "Look at the store. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended before the answer was complete.",
    "Look at the store. It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "No TLS connection. Nothing was sent.",
    "Check the scheme and port of `Endpoint`."
)]
[Raises(ErrorCategory.Connectivity, "malformed-answer", "What answers is no S3 store.", "Check `Endpoint`.")]
internal static class StoreErrors
{
    private const int LongestMessage = 1_000;

    public static ConnectivityErrorException Timeout(
        ObjectStore store,
        string what,
        ObjectPlace place,
        TimeSpan patience,
        Exception cause
    ) =>
        new(
            "timeout",
            $"{what} of {place}: the S3 store '{store.Name}' did not answer within {patience.TotalSeconds:0.###} s. "
                + "S3__RequestTimeout sets the time.",
            cause
        )
        {
            Target = store.Target,
            EffectUnknown = true,
        };

    public static TaskErrorException Of(
        ObjectStore store,
        string what,
        ObjectPlace place,
        Exception exception,
        TimeProvider time
    ) =>
        Find<ConnectionFailure>(exception) is { } failure ? Of(store, what, place, failure.Original, time)
        : Find<TaskErrorException>(exception) is { } typed ? At(store, typed)
        : Find<AmazonServiceException>(exception) is { StatusCode: not default(HttpStatusCode) } answer
            ? Answered(store, what, place, answer, time)
        : NotAnswered(store, what, place, exception);

    /// <summary>The error for one key of several.</summary>
    public static TaskErrorException OfKey(
        ObjectStore store,
        string what,
        ObjectPlace place,
        string code,
        JsonElement details
    ) => Make(AnswerMeaning.Of(code, 400), store, what, place, code, null, details, null);

    private static TaskErrorException Answered(
        ObjectStore store,
        string what,
        ObjectPlace place,
        AmazonServiceException answer,
        TimeProvider time
    )
    {
        var status = (int)answer.StatusCode;
        var code = store.Tokens.Hide(answer.ErrorCode);
        var meaning = AnswerMeaning.Of(code, status);
        // What a store says about credentials may repeat them.
        var message = meaning.Category == ErrorCategory.Access ? null : Cut(store.Tokens.Hide(answer.Message));
        var details = JsonSerializer.SerializeToElement(
            new
            {
                code,
                requestId = store.Tokens.Hide(answer.RequestId),
                message,
            },
            OperationJson.Options
        );
        return Make(meaning, store, what, place, code, status, details, RetryAfter.Of(answer, time));
    }

    private static TaskErrorException Make(
        AnswerMeaning meaning,
        ObjectStore store,
        string what,
        ObjectPlace place,
        string? code,
        int? status,
        JsonElement details,
        TimeSpan? retryAfter
    )
    {
        var said = status is null ? $"{code}" : $"{status}{(string.IsNullOrEmpty(code) ? "" : $" {code}")}";
        var message = $"{what} of {place}: the S3 store '{store.Name}' answered {said}: {meaning.Sentence}";
        return TaskErrorException.Of(
            meaning.Category,
            meaning.Code,
            message,
            facts: new ErrorFacts
            {
                Status = status,
                Target = store.Target,
                Details = details,
                Retryable = meaning.Category == ErrorCategory.Volumetric ? meaning.Code == "throttled" : null,
                RetryAfter = retryAfter,
                EffectUnknown = meaning.EffectUnknown,
            }
        );
    }

    private static TaskErrorException NotAnswered(
        ObjectStore store,
        string what,
        ObjectPlace place,
        Exception exception
    ) =>
        exception switch
        {
            OperationCanceledException { InnerException: TimeoutException } => new ConnectivityErrorException(
                "connect-timeout",
                $"No connection to {store.Target} in time. Check host, port and firewalls.",
                exception
            )
            {
                Target = store.Target,
            },
            _ when Find<HttpRequestException>(exception)?.HttpRequestError == HttpRequestError.SecureConnectionError =>
                new ConnectivityErrorException(
                    "tls-failed",
                    $"{what} of {place}: no TLS connection to {store.Target}. {exception.GetBaseException().Message}",
                    exception
                )
                {
                    Target = store.Target,
                },
            _ when Find<HttpRequestException>(exception) is not null || Find<IOException>(exception) is not null =>
                new ConnectivityErrorException(
                    "connection-lost",
                    $"{what} of {place}: {store.Target} ended the connection before its answer was complete.",
                    exception
                )
                {
                    Target = store.Target,
                    EffectUnknown = true,
                },
            _ when exception.Message.Contains("credential", StringComparison.OrdinalIgnoreCase) =>
                new AccessErrorException(
                    "no-credentials",
                    $"There are no credentials for the S3 store '{store.Name}' where S3__Stores__{store.Name}__Credentials says. Set "
                        + "them there.",
                    exception
                )
                {
                    Target = store.Target,
                },
            AmazonClientException when exception.Message.Contains("hash", StringComparison.OrdinalIgnoreCase) =>
                new ConnectivityErrorException(
                    "content-damaged",
                    $"{what} of {place}: what {store.Target} sent does not fit the checksum that it sent with it.",
                    exception
                )
                {
                    Target = store.Target,
                },
            _ => new ConnectivityErrorException(
                "malformed-answer",
                $"{what} of {place}: what {store.Target} answered is not what an S3 store answers ({exception.GetType().Name}).",
                exception
            )
            {
                Target = store.Target,
                EffectUnknown = true,
            },
        };

    // What the guard and the certificate check throw arrives wrapped.
    private static TaskErrorException At(ObjectStore store, TaskErrorException error) =>
        error is AccessErrorException { Target: null } access
            ? new AccessErrorException(access.Code, access.Message, access) { Target = store.Target }
            : error;

    private static T? Find<T>(Exception? exception)
        where T : Exception => exception as T ?? (exception is null ? null : Find<T>(exception.InnerException));

    private static string? Cut(string? text) => text?.Length > LongestMessage ? text[..LongestMessage] : text;
}
