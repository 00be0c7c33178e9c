using System.Text.Json.Serialization;

namespace Integration.Http;

/// <summary>How a client proves to a token endpoint who it is (RFC 6749, 2.3.1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClientAuthentication>))]
public enum ClientAuthentication
{
    /// <summary>In the header <c>Authorization</c>.</summary>
    [JsonStringEnumMemberName("basic")]
    Basic,

    /// <summary>In the form, as <c>client_id</c> and <c>client_secret</c>.</summary>
    [JsonStringEnumMemberName("body")]
    Body,
}
