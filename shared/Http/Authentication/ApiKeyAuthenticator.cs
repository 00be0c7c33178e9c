namespace Integration.Http;

/// <summary>A key in a header or query parameter with each request.</summary>
internal sealed class ApiKeyAuthenticator(Authentication authentication, Credentials credentials) : Authenticator
{
    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (authentication.In == ApiKeyPlace.Query)
        {
            var key = await credentials.RevealAsync(authentication.Value!, "value", cancellation);
            request.RequestUri = WithParameter(request.RequestUri!, authentication.Name!, key);
        }
        else
        {
            var key = await credentials.RevealForHeaderAsync(authentication.Value!, "value", cancellation);
            request.Headers.TryAddWithoutValidation(authentication.Name!, key);
        }
    }

    // Put together as text: the rest of the address stays exactly as it is.
    private static Uri WithParameter(Uri uri, string name, string value) =>
        new(
            $"{uri.AbsoluteUri}{(uri.Query.Length == 0 ? '?' : '&')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}"
        );
}
