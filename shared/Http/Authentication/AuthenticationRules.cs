using Integration.Egress;

namespace Integration.Http;

/// <summary>What can be wrong with an <see cref="Authentication"/>, reported by field.</summary>
internal static class AuthenticationRules
{
    private static readonly string[] _token = ["clientAuthentication", "scope", "audience", "resource", "parameters"];

    // Per type: what it needs, and what else it takes.
    private static readonly Dictionary<AuthenticationType, (string[] Needed, string[] Taken)> _fields = new()
    {
        [AuthenticationType.Profile] = (["profile"], []),
        [AuthenticationType.Basic] = (["userName", "password"], []),
        [AuthenticationType.Digest] = (["userName", "password"], []),
        [AuthenticationType.Bearer] = (["token"], []),
        [AuthenticationType.ApiKey] = (["name", "value"], ["in"]),
        [AuthenticationType.OAuth2ClientCredentials] = (["tokenUrl", "clientId", "clientSecret"], _token),
        [AuthenticationType.OAuth2RefreshToken] = (
            ["tokenUrl", "clientId", "refreshToken"],
            ["clientSecret", .. _token]
        ),
    };

    private static readonly HashSet<string> _secret = ["password", "token", "value", "clientSecret", "refreshToken"];

    // Sent as they are, or not at all.
    private static readonly HashSet<string> _plain = ["profile", "name", "tokenUrl", "scope", "audience", "resource"];

    /// <summary>The fields and what is wrong with each, as the end of a sentence.</summary>
    public static IEnumerable<(string Field, string Problem)> Check(Authentication authentication)
    {
        var (needed, taken) = _fields[authentication.Type];
        var type = AuthenticationNames.Of(authentication.Type);
        var fields = Fields(authentication).ToList();
        foreach (var (name, value) in fields)
        {
            if (needed.Contains(name, StringComparer.Ordinal) && string.IsNullOrEmpty(value))
                yield return (name, $"is missing: authentication of the type {type} needs it.");
            else if (value is null)
                continue;
            else if (!needed.Contains(name, StringComparer.Ordinal) && !taken.Contains(name, StringComparer.Ordinal))
                yield return (
                    name,
                    $"does not belong to authentication of the type {type}. Remove it, or correct type."
                );
            else if (_secret.Contains(name) && !Secrets.AreIn(value))
                yield return (
                    name,
                    "is written out, and tasks and settings are stored. Name a secret of the service: {{secrets.NAME}}."
                );
            else if (_plain.Contains(name) && Secrets.AreIn(value))
                yield return (name, "names a secret, and takes none.");
        }

        if (authentication.UserName?.Contains(':', StringComparison.Ordinal) == true)
            yield return ("userName", "has a colon, which ends a user name.");
        if (
            authentication is
            { Type: AuthenticationType.ApiKey, In: not ApiKeyPlace.Query, Name: { Length: > 0 } header }
        )
        {
            if (!HeaderNames.IsName(header))
                yield return ("name", "is no name of a header: letters, digits and !#$%&'*+-.^_`|~ only.");
            else if (HeaderNames.IsOurs(header))
                yield return ("name", "is a header that the service sets itself.");
        }

        if (authentication.TokenUrl is { Length: > 0 } url && !IsEndpoint(url))
            yield return (
                "tokenUrl",
                "is no address of a token endpoint. Write it like https://login.example.org/token."
            );
        foreach (var name in authentication.Parameters?.Keys.Where(IsReserved) ?? [])
            yield return ($"parameters.{name}", "is set by the service itself. Remove it.");
    }

    private static IEnumerable<(string Name, string? Value)> Fields(Authentication one) =>
        [
            ("profile", one.Profile),
            ("userName", one.UserName),
            ("password", one.Password),
            ("token", one.Token),
            ("name", one.Name),
            ("value", one.Value),
            ("in", one.In?.ToString()),
            ("tokenUrl", one.TokenUrl),
            ("clientId", one.ClientId),
            ("clientSecret", one.ClientSecret),
            ("clientAuthentication", one.ClientAuthentication?.ToString()),
            ("scope", one.Scope),
            ("audience", one.Audience),
            ("resource", one.Resource),
            ("parameters", one.Parameters is null ? null : ""),
            ("refreshToken", one.RefreshToken),
        ];

    // http is for tests and for networks that protect themselves: the same rule as for every other call.
    private static bool IsEndpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri is { UserInfo.Length: 0, Fragment.Length: 0 };

    private static bool IsReserved(string name) =>
        name
            is "grant_type"
                or "client_id"
                or "client_secret"
                or "refresh_token"
                or "scope"
                or "audience"
                or "resource";
}
