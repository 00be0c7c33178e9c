using Integration.Sdk;

namespace Integration.Http;

/// <summary>The error that a status means when it is not the success that was expected.</summary>
public static class StatusErrors
{
    /// <summary>The typed error, with status, target, Retry-After and the start of the answer's body.</summary>
    public static TaskErrorException Of(HttpCall call, HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(answer);
        call = answer.Final ?? call;
        var meaning = Meaning(answer.Status, answer.RetryAfter is not null);
        var message = $"{call} answered {answer.Status}: {meaning.Sentence}";
        return meaning.Kind switch
        {
            Kind.Access => new AccessErrorException(meaning.Code, message)
            {
                Status = answer.Status,
                Target = call.Target,
                Details = AnswerDetails.Of(answer),
            },
            Kind.Data => new DataErrorException(meaning.Code, message)
            {
                Status = answer.Status,
                Target = call.Target,
                Details = AnswerDetails.Of(answer),
                EffectUnknown = meaning.EffectUnknown,
            },
            Kind.Volumetric => new VolumetricErrorException(meaning.Code, message)
            {
                Status = answer.Status,
                Target = call.Target,
                Details = AnswerDetails.Of(answer),
                Retryable = answer.Status == 429,
                RetryAfter = answer.RetryAfter,
            },
            _ => new ConnectivityErrorException(meaning.Code, message)
            {
                Status = answer.Status,
                Target = call.Target,
                Details = AnswerDetails.Of(answer),
                RetryAfter = answer.RetryAfter,
                EffectUnknown = meaning.EffectUnknown,
            },
        };
    }

    private enum Kind
    {
        Access,
        Connectivity,
        Data,
        Volumetric,
    }

    private sealed record StatusMeaning(Kind Kind, string Code, string Sentence, bool EffectUnknown = false);

    // A server that says it did not work on the request (408, 425, 429, 503 with Retry-After) is believed. One that failed on
    // the way (500), or a gateway that lost its answer (502, 504, and some say 503), may have done what was asked; so may
    // one that answers with an unexpected success or sends us on.
    private static StatusMeaning Meaning(int status, bool saysWhenAgain) =>
        status switch
        {
            401 => new(Kind.Access, "unauthorised", "it does not accept our credentials, or got none."),
            403 => new(Kind.Access, "forbidden", "our account may not do this there."),
            407 => new(Kind.Access, "unauthorised", "a proxy on the way wants credentials."),
            404 => new(
                Kind.Data,
                "not-found",
                "there is nothing at this address. Check the address and the values in it."
            ),
            405 => new(Kind.Data, "method-not-allowed", "this address does not take this method."),
            408 => new(Kind.Connectivity, "unavailable", "it did not get the whole request in time."),
            409 => new(Kind.Data, "conflict", "the request does not fit the state of what it is for."),
            410 => new(Kind.Data, "gone", "what was there is gone for good."),
            413 => new(Kind.Volumetric, "too-large", "the request is larger than it takes."),
            422 => new(Kind.Data, "unprocessable", "it understands the request, but not its content."),
            425 => new(Kind.Connectivity, "unavailable", "it wants the request again later."),
            429 => new(Kind.Volumetric, "throttled", "it gets more requests than it allows."),
            503 => new(Kind.Connectivity, "unavailable", "it does not work at the moment.", !saysWhenAgain),
            502 or 504 => new(Kind.Connectivity, "unavailable", "a gateway got no answer from behind it.", true),
            >= 500 => new(Kind.Connectivity, "server-error", "it failed.", true),
            >= 400 => new(Kind.Data, "refused", "it does not accept the request."),
            >= 300 and not 304 => new(
                Kind.Data,
                "redirected",
                "it wants the call at another address, and that was not followed. Call the final address.",
                EffectUnknown: true
            ),
            _ => new(Kind.Data, "unexpected-status", "that is none of the statuses that were expected.", true),
        };
}
