using System.Text.Json.Serialization;

namespace Integration.Http;

/// <summary>How a call proves who it comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuthenticationType>))]
public enum AuthenticationType
{
    /// <summary>As the service is configured, under a name.</summary>
    [JsonStringEnumMemberName("profile")]
    Profile,

    /// <summary>User name and password in a header (RFC 7617).</summary>
    [JsonStringEnumMemberName("basic")]
    Basic,

    /// <summary>A token in a header (RFC 6750).</summary>
    [JsonStringEnumMemberName("bearer")]
    Bearer,

    /// <summary>A key in a header or query parameter.</summary>
    [JsonStringEnumMemberName("api-key")]
    ApiKey,

    /// <summary>User name and password that never leave (RFC 7616).</summary>
    [JsonStringEnumMemberName("digest")]
    Digest,

    /// <summary>A token that the client gets in its own name (RFC 6749, 4.4).</summary>
    [JsonStringEnumMemberName("oauth2-client-credentials")]
    OAuth2ClientCredentials,

    /// <summary>A token that the client gets in the name of a user who once agreed (RFC 6749, 6).</summary>
    [JsonStringEnumMemberName("oauth2-refresh-token")]
    OAuth2RefreshToken,
}
