using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Http;

/// <summary>No access token. Nothing was sent to the target of the call in any of them.</summary>
[Raises(
    ErrorCategory.Access,
    "token-refused",
    "The token endpoint does not accept the client, its secret or its refresh token. Nothing was sent to the target.",
    "Check client id and secret, how the client proves itself (basic or body), and whether the grant was withdrawn."
)]
[Raises(
    ErrorCategory.Data,
    "token-request-refused",
    "The token endpoint does not give out such a token. Nothing was sent to the target.",
    "Correct tokenUrl, scope, audience, resource or parameters; the message has the endpoint's own code."
)]
[Raises(
    ErrorCategory.Data,
    "token-malformed",
    "The token endpoint answers with success, but not with a bearer token. Nothing was sent to the target.",
    "Check tokenUrl: it is probably the address of something else."
)]
[Raises(
    ErrorCategory.Connectivity,
    "token-unavailable",
    "The token endpoint cannot be reached, fails or does not answer in time. Nothing was sent to the target.",
    "Look at the token endpoint; it is retried."
)]
[Raises(
    ErrorCategory.Volumetric,
    "token-throttled",
    "The token endpoint gets more requests than it allows. Nothing was sent to the target.",
    "Wait: it is retried, after the time that Retry-After names."
)]
[Raises(
    ErrorCategory.Access,
    "refresh-token-unreadable",
    "The folder with replaced refresh tokens cannot be used. Nothing was sent.",
    "Look at the folder that Http__RefreshTokenFolder names, and whether this service may read and write there."
)]
internal static class TokenErrors
{
    private static readonly HashSet<string> _ofClient = new(StringComparer.Ordinal)
    {
        "invalid_client",
        "unauthorized_client",
        "invalid_grant",
        "access_denied",
    };

    /// <summary>It answered with anything but success.</summary>
    public static TaskErrorException Answered(Uri endpoint, int status, string? error, TimeSpan? retryAfter)
    {
        var said = $"The token endpoint {Place(endpoint)} answered {status}{(error is null ? "" : $" ({error})")}";
        if (status == 429)
        {
            return new VolumetricErrorException("token-throttled", $"{said}: it gets too many requests.")
            {
                Target = Target(endpoint),
                Retryable = true,
                RetryAfter = retryAfter,
            };
        }

        if (status is >= 500 or 408 or 425)
            return Unavailable(endpoint, $"{said}.", null, retryAfter);
        if (status is 401 or 403 || (error is not null && _ofClient.Contains(error)))
        {
            return new AccessErrorException("token-refused", $"{said}: it does not accept {Culprit(error)}.")
            {
                Target = Target(endpoint),
            };
        }

        return new DataErrorException(
            "token-request-refused",
            $"{said}: it does not give out such a token. Check tokenUrl, scope, audience, resource and parameters."
        )
        {
            Target = Target(endpoint),
        };
    }

    public static DataErrorException Malformed(Uri endpoint, string problem) =>
        new("token-malformed", $"The answer of the token endpoint {Place(endpoint)} {problem}. Check tokenUrl.")
        {
            Target = Target(endpoint),
        };

    /// <summary>What is kept in the folder cannot be read; the configured refresh token may be the wrong one by now.</summary>
    public static AccessErrorException Folder(Uri endpoint, Exception cause) =>
        new(
            "refresh-token-unreadable",
            $"The refresh token for {Place(endpoint)} cannot be read ({cause.GetType().Name}). Look at the folder that "
                + "Http__RefreshTokenFolder names.",
            cause
        )
        {
            Target = Target(endpoint),
        };

    /// <summary>The guard or the check of certificates refused it.</summary>
    public static AccessErrorException NotConnected(Uri endpoint, AccessErrorException refusal) =>
        new(refusal.Code, $"The token endpoint {Place(endpoint)}: {refusal.Message}", refusal)
        {
            Target = Target(endpoint),
        };

    public static ConnectivityErrorException NoAnswer(Uri endpoint, Exception cause) =>
        Unavailable(
            endpoint,
            $"The token endpoint {Place(endpoint)} gave no answer: {cause.GetBaseException().Message}",
            cause
        );

    public static ConnectivityErrorException NotInTime(Uri endpoint, TimeSpan? patience, Exception cause) =>
        Unavailable(
            endpoint,
            patience is { } limit
                ? $"The token endpoint {Place(endpoint)} did not answer within {limit.TotalSeconds:0.###} s."
                : $"The token endpoint {Place(endpoint)} did not answer in the time that the call has.",
            cause
        );

    /// <summary>Scheme, host and path: no query, which may hold anything.</summary>
    private static string Place(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Path);

    private static string Target(Uri endpoint) => HostName.WithPort(endpoint.Host, endpoint.Port);

    private static string Culprit(string? error) =>
        error == "invalid_grant"
            ? "the refresh token: it is used up, expired or withdrawn"
            : "the client or its secret";

    // Without a status: that would be one of the target, and a reason not to repeat the call.
    private static ConnectivityErrorException Unavailable(
        Uri endpoint,
        string message,
        Exception? cause,
        TimeSpan? retryAfter = null
    ) => new("token-unavailable", message, cause) { Target = Target(endpoint), RetryAfter = retryAfter };
}
