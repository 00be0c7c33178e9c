using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>User name and password with each request (RFC 7617), in utf-8.</summary>
internal sealed class BasicAuthenticator(Authentication authentication, Credentials credentials) : Authenticator
{
    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var user = await credentials.RevealAsync(authentication.UserName!, "userName", cancellation);
        var password = await credentials.RevealAsync(authentication.Password!, "password", cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials.Encode(user, password));
    }
}
