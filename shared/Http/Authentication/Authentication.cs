namespace Integration.Http;

/// <summary>
/// How a call proves who it comes from. Which of the properties go together is decided by <paramref name="Type"/>. Those that
/// are secret (<paramref name="Password"/>, <paramref name="Token"/>, <paramref name="Value"/>, <paramref name="ClientSecret"/>,
/// <paramref name="RefreshToken"/>) name a secret of the service, <c>{{secrets.NAME}}</c>; written out they are refused, as tasks
/// are stored.
/// </summary>
/// <param name="Type">
/// <c>profile</c>, <c>basic</c>, <c>bearer</c>, <c>api-key</c>, <c>digest</c>, <c>oauth2-client-credentials</c> or
/// <c>oauth2-refresh-token</c>. The default value is <c>profile</c>.
/// </param>
/// <param name="Profile">For <c>profile</c>: its name in the settings of the service, <c>Http__Authentications__NAME</c>.</param>
/// <param name="UserName">For <c>basic</c> and <c>digest</c>.</param>
/// <param name="Password">For <c>basic</c> and <c>digest</c>: <c>{{secrets.NAME}}</c>.</param>
/// <param name="Token">For <c>bearer</c>: <c>{{secrets.NAME}}</c>.</param>
/// <param name="Name">For <c>api-key</c>: name of the header or query parameter, e.g. <c>X-Api-Key</c>.</param>
/// <param name="Value">For <c>api-key</c>: <c>{{secrets.NAME}}</c>.</param>
/// <param name="In">For <c>api-key</c>: <c>header</c> or <c>query</c>. The default value is <c>header</c>.</param>
/// <param name="TokenUrl">For both kinds of <c>oauth2</c>: address of the token endpoint, <c>https</c>.</param>
/// <param name="ClientId">For both kinds of <c>oauth2</c>.</param>
/// <param name="ClientSecret">
/// For both kinds of <c>oauth2</c>: <c>{{secrets.NAME}}</c>. A public client with a refresh token has none.
/// </param>
/// <param name="ClientAuthentication">
/// For both kinds of <c>oauth2</c>: whether the client's secret goes to the token endpoint in a header (<c>basic</c>) or in
/// the form (<c>body</c>). The default value is <c>basic</c>.
/// </param>
/// <param name="Scope">For both kinds of <c>oauth2</c>: what the token is wanted for, scopes separated by spaces.</param>
/// <param name="Audience">For both kinds of <c>oauth2</c>: whom the token is for, where the token endpoint wants to know it.</param>
/// <param name="Resource">For both kinds of <c>oauth2</c>: whom the token is for, as an address (RFC 8707).</param>
/// <param name="Parameters">For both kinds of <c>oauth2</c>: further fields of the form for the token endpoint. They may name secrets.</param>
/// <param name="RefreshToken">For <c>oauth2-refresh-token</c>: <c>{{secrets.NAME}}</c>.</param>
public sealed record Authentication(
    AuthenticationType Type = AuthenticationType.Profile,
    string? Profile = null,
    string? UserName = null,
    string? Password = null,
    string? Token = null,
    string? Name = null,
    string? Value = null,
    ApiKeyPlace? In = null,
    string? TokenUrl = null,
    string? ClientId = null,
    string? ClientSecret = null,
    ClientAuthentication? ClientAuthentication = null,
    string? Scope = null,
    string? Audience = null,
    string? Resource = null,
    IReadOnlyDictionary<string, string>? Parameters = null,
    string? RefreshToken = null
)
{
    /// <summary>The type only: a record would show all of its values, and one of them may contain a password.</summary>
    public override string ToString() => $"{nameof(Authentication)} {{ {nameof(Type)} = {Type} }}";
}
