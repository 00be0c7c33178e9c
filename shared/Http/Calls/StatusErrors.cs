using Integration.Contracts;
using Integration.Errors;

namespace Integration.Http;

/// <summary>The error that a status means when it is not the success that was expected.</summary>
[Raises(
    ErrorCategory.Access,
    "unauthorised",
    "Status 401 or 407: the target or a proxy does not accept the credentials, or got none.",
    "Check the credentials, and whether they have expired."
)]
[Raises(
    ErrorCategory.Access,
    "forbidden",
    "Status 403: the account may not do this.",
    "Give it the right, or use another account."
)]
[Raises(
    ErrorCategory.Connectivity,
    "unavailable",
    "Status 408, 425, 502, 503 or 504: the target does not work at the moment, or a gateway got no answer from it.",
    "Wait: it is retried, after the time that Retry-After names."
)]
[Raises(
    ErrorCategory.Connectivity,
    "server-error",
    "Status 500 or another 5xx: the target failed.",
    "Look at the target; it is retried."
)]
[Raises(
    ErrorCategory.Data,
    "not-found",
    "Status 404: there is nothing at this address.",
    "Check the address and the values in it."
)]
[Raises(
    ErrorCategory.Data,
    "method-not-allowed",
    "Status 405: the address does not take this method.",
    "Correct the method or the address."
)]
[Raises(
    ErrorCategory.Data,
    "conflict",
    "Status 409: the request does not fit the state of what it is for.",
    "Look at the target, and correct the data."
)]
[Raises(ErrorCategory.Data, "gone", "Status 410: what was there is gone permanently.", "Correct the data.")]
[Raises(
    ErrorCategory.Data,
    "unprocessable",
    "Status 422: the target understands the request, but not its content.",
    "Correct the data; details say what the target answered."
)]
[Raises(
    ErrorCategory.Data,
    "refused",
    "Another 4xx: the target does not accept the request.",
    "Correct the data; details say what the target answered."
)]
[Raises(
    ErrorCategory.Data,
    "redirected",
    "3xx: the target wants the call at another address.",
    "Call the final address."
)]
[Raises(
    ErrorCategory.Data,
    "unexpected-status",
    "A status that is neither a failure nor one that was expected.",
    "Correct what is expected, or look at the target."
)]
[Raises(
    ErrorCategory.Volumetric,
    "throttled",
    "Status 429: the target gets more requests than it allows.",
    "Wait: it is retried, after the time that Retry-After names. Lower the rate in Targets."
)]
[Raises(
    ErrorCategory.Volumetric,
    "too-large",
    "Status 413: the request is larger than the target takes.",
    "Send less."
)]
public static class StatusErrors
{
    /// <summary>The typed error, with status, target, Retry-After and the start of the answer's body.</summary>
    public static TaskErrorException Of(HttpCall call, HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(answer);
        call = answer.Call ?? call;
        // Also a time that is over or unreadable says that it was not done, and is to be asked for again.
        var meaning = Meaning(answer.Status, answer.Headers.ContainsKey("retry-after"));
        var message = $"{call} answered {answer.Status}: {meaning.Sentence}";
        return TaskErrorException.Of(
            meaning.Category,
            meaning.Code,
            message,
            facts: new ErrorFacts
            {
                Status = answer.Status,
                Target = call.Target,
                Details = AnswerDetails.Of(answer),
                Retryable = meaning.Category == ErrorCategory.Volumetric ? answer.Status == 429 : null,
                RetryAfter = answer.RetryAfter,
                EffectUnknown = meaning.EffectUnknown,
            }
        );
    }

    private sealed record StatusMeaning(
        ErrorCategory Category,
        string Code,
        string Sentence,
        bool EffectUnknown = false
    );

    // A server that says it did not work on the request (408, 425, 429, 503 with Retry-After) is believed. One that failed on
    // the way (500), or a gateway that lost its answer (502, 504, and some say 503), may have done what was asked; so may
    // one that answers with an unexpected success or sends us on.
    private static StatusMeaning Meaning(int status, bool saysWhenAgain) =>
        status switch
        {
            401 => new(ErrorCategory.Access, "unauthorised", "it does not accept our credentials, or got none."),
            403 => new(ErrorCategory.Access, "forbidden", "our account may not do this there."),
            407 => new(ErrorCategory.Access, "unauthorised", "a proxy on the way wants credentials."),
            404 => new(
                ErrorCategory.Data,
                "not-found",
                "there is nothing at this address. Check the address and the values in it."
            ),
            405 => new(ErrorCategory.Data, "method-not-allowed", "this address does not take this method."),
            408 => new(ErrorCategory.Connectivity, "unavailable", "it did not get the whole request in time."),
            409 => new(ErrorCategory.Data, "conflict", "the request does not fit the state of what it is for."),
            410 => new(ErrorCategory.Data, "gone", "what was there is gone permanently."),
            413 => new(ErrorCategory.Volumetric, "too-large", "the request is larger than it takes."),
            422 => new(ErrorCategory.Data, "unprocessable", "it understands the request, but not its content."),
            425 => new(ErrorCategory.Connectivity, "unavailable", "it wants the request again later."),
            429 => new(ErrorCategory.Volumetric, "throttled", "it gets more requests than it allows."),
            503 => new(ErrorCategory.Connectivity, "unavailable", "it does not work at the moment.", !saysWhenAgain),
            502 or 504 => new(
                ErrorCategory.Connectivity,
                "unavailable",
                "a gateway got no answer from behind it.",
                true
            ),
            >= 500 => new(ErrorCategory.Connectivity, "server-error", "it failed.", true),
            >= 400 => new(ErrorCategory.Data, "refused", "it does not accept the request."),
            >= 300 and not 304 => new(
                ErrorCategory.Data,
                "redirected",
                "it wants the call at another address, and that was not followed. Call the final address.",
                EffectUnknown: true
            ),
            _ => new(ErrorCategory.Data, "unexpected-status", "that is none of the statuses that were expected.", true),
        };
}
