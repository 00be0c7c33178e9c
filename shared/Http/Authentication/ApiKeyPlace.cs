using System.Text.Json.Serialization;

namespace Integration.Http;

/// <summary>Where an API key stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiKeyPlace>))]
public enum ApiKeyPlace
{
    /// <summary>In a header.</summary>
    [JsonStringEnumMemberName("header")]
    Header,

    /// <summary>In a query parameter.</summary>
    [JsonStringEnumMemberName("query")]
    Query,
}
