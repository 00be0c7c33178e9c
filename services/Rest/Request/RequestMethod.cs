using System.Text.Json.Serialization;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>The method of a request; decides its <see cref="Effect"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestMethod>))]
public enum RequestMethod
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("GET")]
    Get,

    /// <summary>Reads the headers only.</summary>
    [JsonStringEnumMemberName("HEAD")]
    Head,

    /// <summary>Reads what is possible.</summary>
    [JsonStringEnumMemberName("OPTIONS")]
    Options,

    /// <summary>Once, or idempotent with an idempotency header.</summary>
    [JsonStringEnumMemberName("POST")]
    Post,

    /// <summary>Idempotent.</summary>
    [JsonStringEnumMemberName("PUT")]
    Put,

    /// <summary>Once, or idempotent with an idempotency header.</summary>
    [JsonStringEnumMemberName("PATCH")]
    Patch,

    /// <summary>Idempotent.</summary>
    [JsonStringEnumMemberName("DELETE")]
    Delete,
}
