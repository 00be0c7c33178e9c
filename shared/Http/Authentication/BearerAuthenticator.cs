using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>A token with each request (RFC 6750).</summary>
internal sealed class BearerAuthenticator(Authentication authentication, Credentials credentials) : Authenticator
{
    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await credentials.RevealForHeaderAsync(authentication.Token!, "token", cancellation)
        );
}
