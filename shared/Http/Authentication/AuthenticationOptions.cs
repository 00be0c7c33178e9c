namespace Integration.Http;

/// <summary>
/// An authentication that tasks use by its name. Configuration section <c>Http__Authentications__NAME</c>. Secrets are named,
/// <c>{{secrets.NAME}}</c>, and so bound to hosts: a profile is worth nothing at any other.
/// </summary>
public sealed class AuthenticationOptions
{
    /// <summary>
    /// basic, bearer, api-key, digest, oauth2-client-credentials or oauth2-refresh-token. Required.
    /// </summary>
    public string Type { get; set; } = "";

    /// <summary>For basic and digest: the name of the user.</summary>
    public string? UserName { get; set; }

    /// <summary>For basic and digest: {{secrets.NAME}}.</summary>
    public string? Password { get; set; }

    /// <summary>For bearer: {{secrets.NAME}}.</summary>
    public string? Token { get; set; }

    /// <summary>For api-key: name of the header or query parameter.</summary>
    public string? Name { get; set; }

    /// <summary>For api-key: {{secrets.NAME}}.</summary>
    public string? Value { get; set; }

    /// <summary>For api-key: header or query. The default value is header.</summary>
    public string? In { get; set; }

    /// <summary>For oauth2: address of the token endpoint.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>For oauth2: the id of this client at the token endpoint.</summary>
    public string? ClientId { get; set; }

    /// <summary>For oauth2: {{secrets.NAME}}.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>For oauth2: basic or body. The default value is basic.</summary>
    public string? ClientAuthentication { get; set; }

    /// <summary>For oauth2: scopes separated by spaces.</summary>
    public string? Scope { get; set; }

    /// <summary>For oauth2: whom the token is for, where the token endpoint wants to know it.</summary>
    public string? Audience { get; set; }

    /// <summary>For oauth2: whom the token is for, as an address (RFC 8707).</summary>
    public string? Resource { get; set; }

    /// <summary>For oauth2: further fields for the token endpoint, Http__Authentications__NAME__Parameters__FIELD.</summary>
    public Dictionary<string, string> Parameters { get; } = [];

    /// <summary>For oauth2-refresh-token: {{secrets.NAME}}.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>As a task would have written it.</summary>
    /// <exception cref="FormatException">A choice is not known; the message names the setting below this one.</exception>
    internal Authentication Read() =>
        new(
            Choice<AuthenticationType>(nameof(Type), Type),
            UserName: UserName,
            Password: Password,
            Token: Token,
            Name: Name,
            Value: Value,
            In: In is null ? null : Choice<ApiKeyPlace>(nameof(In), In),
            TokenUrl: TokenUrl,
            ClientId: ClientId,
            ClientSecret: ClientSecret,
            ClientAuthentication: ClientAuthentication is null
                ? null
                : Choice<ClientAuthentication>(nameof(ClientAuthentication), ClientAuthentication),
            Scope: Scope,
            Audience: Audience,
            Resource: Resource,
            Parameters: Parameters.Count == 0 ? null : Parameters,
            RefreshToken: RefreshToken
        );

    private static T Choice<T>(string setting, string text)
        where T : struct, Enum =>
        AuthenticationNames.TryRead<T>(text, out var choice) && choice is not AuthenticationType.Profile
            ? choice
            : throw new FormatException(
                $"{setting}: '{text}' is not one of {AuthenticationNames.All<T>().Replace("profile, ", "", StringComparison.Ordinal)}."
            );
}

/// <summary>All profiles by name. Configuration section <c>Http:Authentications</c>.</summary>
public sealed class AuthenticationsOptions : Dictionary<string, AuthenticationOptions>
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Http:Authentications";

    /// <summary>Names are the same whatever their case, as settings are.</summary>
    public AuthenticationsOptions()
        : base(StringComparer.OrdinalIgnoreCase) { }
}
