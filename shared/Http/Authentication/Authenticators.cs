using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Http;

/// <summary>
/// Finds out how a call proves who it comes from. Secrets are put in at the last moment, for the host that each is sent to.
/// </summary>
public sealed class Authenticators
{
    private readonly AuthenticationsOptions _profiles;
    private readonly Secrets _secrets;
    private readonly AccessTokens _tokens;
    private readonly DigestSessions _digests = new();
    private readonly PassingSecrets _pairs;

    /// <summary>One for all calls of a service.</summary>
    public Authenticators(
        IOptions<AuthenticationsOptions> profiles,
        Secrets secrets,
        AccessTokens tokens,
        SecretMask mask
    )
    {
        ArgumentNullException.ThrowIfNull(profiles);
        _profiles = profiles.Value;
        _secrets = secrets;
        _tokens = tokens;
        Mask = mask;
        _pairs = new PassingSecrets(mask, most: 64);
    }

    /// <summary>Knows what was revealed.</summary>
    internal SecretMask Mask { get; }

    /// <summary>Null for a call without authentication.</summary>
    /// <exception cref="DataErrorException">A field of the authentication is wrong; the message names it.</exception>
    internal Authenticator? Of(HttpCall call)
    {
        if (call.Authentication is not { } asked)
            return null;
        foreach (var (field, problem) in AuthenticationRules.Check(asked))
            throw Invalid($"inputs.authentication.{field} {problem}");
        var authentication = asked.Type == AuthenticationType.Profile ? Profile(asked.Profile!) : asked;
        var header = HeaderOf(authentication);
        if (call.Headers.Any(one => one.Key.Equals(header, StringComparison.OrdinalIgnoreCase)))
            throw Invalid($"inputs.headers.{header} is what authentication sets as well. Keep one of them.");
        var credentials = new Credentials(_secrets, _pairs, call.Uri);
        return authentication.Type switch
        {
            AuthenticationType.Basic => new BasicAuthenticator(authentication, credentials),
            AuthenticationType.Bearer => new BearerAuthenticator(authentication, credentials),
            AuthenticationType.ApiKey => new ApiKeyAuthenticator(authentication, credentials),
            AuthenticationType.Digest => new DigestAuthenticator(authentication, credentials, _digests, call),
            _ => new TokenAuthenticator(authentication, _tokens, _secrets, call.Uri),
        };
    }

    private Authentication Profile(string name)
    {
        if (_profiles.TryGetValue(name, out var profile))
            return profile.Read();
        var known =
            _profiles.Count == 0 ? "None is configured" : $"There are: {string.Join(", ", _profiles.Keys.Order())}";
        throw Invalid(
            $"inputs.authentication.profile names '{name}', which this service does not have. {known} (Http__Authentications)."
        );
    }

    private static string? HeaderOf(Authentication authentication) =>
        authentication.Type != AuthenticationType.ApiKey ? "Authorization"
        : authentication.In == ApiKeyPlace.Query ? null
        : authentication.Name;

    private static DataErrorException Invalid(string message) => new(ErrorCodes.InvalidInput, message) { Status = -1 };
}
