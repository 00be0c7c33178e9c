using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>A request to a token endpoint (RFC 6749, 4.4.2 and 6), with its secrets revealed.</summary>
internal sealed class TokenRequest
{
    private readonly Dictionary<string, string> _form = new(StringComparer.Ordinal);

    public required Uri Uri { get; init; }

    /// <summary>For the header <c>Authorization</c>; null when the client proves who it is in the form.</summary>
    public string? Basic { get; private set; }

    /// <param name="authentication">With its secrets named.</param>
    /// <param name="refreshToken">Revealed; null for the client's own credentials.</param>
    /// <param name="credentials">For the token endpoint.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task<TokenRequest> OfAsync(
        Authentication authentication,
        string? refreshToken,
        Credentials credentials,
        CancellationToken cancellation
    )
    {
        var request = new TokenRequest { Uri = new Uri(authentication.TokenUrl!) };
        var form = request._form;
        form["grant_type"] = refreshToken is null ? "client_credentials" : "refresh_token";
        Add("refresh_token", refreshToken);
        Add("scope", authentication.Scope);
        Add("audience", authentication.Audience);
        Add("resource", authentication.Resource);
        foreach (var (name, value) in authentication.Parameters ?? new Dictionary<string, string>())
            form[name] = await credentials.RevealAsync(value, $"parameters.{name}", cancellation);

        var client = await credentials.RevealAsync(authentication.ClientId!, "clientId", cancellation);
        var secret = authentication.ClientSecret is { } named
            ? await credentials.RevealAsync(named, "clientSecret", cancellation)
            : null;
        if (secret is null || authentication.ClientAuthentication == ClientAuthentication.Body)
        {
            form["client_id"] = client;
            Add("client_secret", secret);
        }
        else
        {
            // 2.3.1: encoded as in a form first, so that a colon in the id does not end it.
            request.Basic = credentials.Encode(Encode(client), Encode(secret));
        }

        return request;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                form[name] = value;
        }
    }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Uri) { Content = new FormUrlEncodedContent(_form) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.TryAddWithoutValidation("User-Agent", "integration");
        if (Basic is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic);
        return message;
    }

    private static string Encode(string text) =>
        Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
