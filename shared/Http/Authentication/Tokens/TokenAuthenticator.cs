using System.Net.Http.Headers;
using Integration.Egress;

namespace Integration.Http;

/// <summary>
/// An access token with each request (RFC 6750). When the target refuses it, it is asked for once more: a token can end before its
/// time.
/// </summary>
internal sealed class TokenAuthenticator(
    Authentication authentication,
    AccessTokens tokens,
    Secrets secrets,
    Uri target
) : Authenticator
{
    private AccessToken? _used;
    private bool _wasRefused;

    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        Check(authentication.ClientSecret, "clientSecret");
        Check(authentication.RefreshToken, "refreshToken");
        try
        {
            _used = await tokens.GetAsync(authentication, cancellation);
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw TokenErrors.NotInTime(new Uri(authentication.TokenUrl!), null, e);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _used.Value);
    }

    public override ValueTask<bool> AnotherAsync(HttpResponseMessage refusal, CancellationToken cancellation)
    {
        if (_wasRefused || _used is null)
            return ValueTask.FromResult(false);
        _wasRefused = true;
        tokens.Refuse(authentication, _used);
        return ValueTask.FromResult(true);
    }

    private void Check(string? text, string field)
    {
        if (text is not null)
            secrets.CheckTokenHost(text, target.Host, target.Port, $"authentication.{field}");
    }
}
