using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>What kind of failure it was; decides the default treatment. On the wire in kebab case.</summary>
[JsonConverter(typeof(ErrorCategoryNames))]
public enum ErrorCategory
{
    /// <summary>The target could not be reached or did not answer: refused, reset, DNS, TLS, timeout, 502, 503, 504.</summary>
    [JsonStringEnumMemberName("connectivity")]
    Connectivity,

    /// <summary>The target refused us, or a guard did: 401, 403, bad credentials, egress refused.</summary>
    [JsonStringEnumMemberName("access")]
    Access,

    /// <summary>Input or answer does not fit the contract; repeating it unchanged would fail again.</summary>
    [JsonStringEnumMemberName("data")]
    Data,

    /// <summary>Too much: 413, 429, a quota, a payload or an answer over its limit.</summary>
    [JsonStringEnumMemberName("volumetric")]
    Volumetric,

    /// <summary>An outcome that the operation declares, such as "on the black list".</summary>
    [JsonStringEnumMemberName("business")]
    Business,

    /// <summary>An operation with <c>Once</c> effect whose outcome is unknown: a person decides.</summary>
    [JsonStringEnumMemberName("in-doubt")]
    InDoubt,

    /// <summary>A fault of the integration service itself.</summary>
    [JsonStringEnumMemberName("internal")]
    Internal,
}

/// <summary>
/// Names only: a number that no category has would pass otherwise. Public, because JSON that is generated in other
/// assemblies contains categories as well.
/// </summary>
public sealed class ErrorCategoryNames()
    : JsonStringEnumConverter<ErrorCategory>(namingPolicy: null, allowIntegerValues: false);
