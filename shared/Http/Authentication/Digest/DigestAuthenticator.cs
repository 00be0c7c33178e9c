using System.Net.Http.Headers;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Http;

/// <summary>
/// Proves that the password is known without sending it (RFC 7616). The first request to a target gets the challenge; later ones
/// answer it at once, until the target finds it stale.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "digest-unsupported",
    "The target asks for no digest authentication that this service can answer: MD5 or SHA-256, with qop auth or none.",
    "Check the type of authentication that the target wants."
)]
internal sealed class DigestAuthenticator(
    Authentication authentication,
    Credentials credentials,
    DigestSessions sessions,
    HttpCall call
) : Authenticator
{
    private DigestSession? _answered;
    private bool _isFresh;
    private int _refusals;

    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var user = await credentials.RevealAsync(authentication.UserName!, "userName", cancellation);
        var password = await credentials.RevealAsync(authentication.Password!, "password", cancellation);
        _answered = sessions.Find(call.Uri, authentication.UserName!);
        if (_answered is null)
            return;
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Digest",
            _answered.Answer(request.Method.Method, request.RequestUri!.PathAndQuery, user, password)
        );
    }

    public override ValueTask<bool> AnotherAsync(HttpResponseMessage refusal, CancellationToken cancellation)
    {
        var challenge =
            DigestChallenge.Strongest(refusal.Headers.WwwAuthenticate)
            ?? throw new AccessErrorException(
                "digest-unsupported",
                $"{call} answered 401 and asks for no digest authentication that this service can answer (MD5 or SHA-256, with qop "
                    + "auth or none). Check the type of authentication."
            )
            {
                Status = 401,
                Target = call.Target,
            };
        // A client that answered the latest challenge, and gets a new one that is not stale, has the wrong password.
        if (_answered is not null && _isFresh && !challenge.IsStale || ++_refusals > 3)
            return ValueTask.FromResult(false);
        _isFresh = true;
        sessions.Keep(call.Uri, authentication.UserName!, DigestSession.Of(challenge));
        return ValueTask.FromResult(true);
    }
}
