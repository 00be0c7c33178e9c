using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>
/// The methods of HTTP and what they may do. One that is not known here may do anything, so it is sent once.
/// </summary>
internal static partial class RequestMethods
{
    // Safe by RFC 9110, 9.2.1 and by the IANA registry of methods.
    private static readonly HashSet<string> _reading = new(StringComparer.Ordinal)
    {
        "GET",
        "HEAD",
        "OPTIONS",
        "PROPFIND",
        "QUERY",
        "REPORT",
        "SEARCH",
    };

    public static Effect EffectOf(string method, bool hasKey, Effect declared) =>
        _reading.Contains(method) ? Effect.Read
        : hasKey || method is "PUT" or "DELETE" ? Effect.Idempotent
        : declared;

    public static HttpMethod Of(string method)
    {
        if (!Name().IsMatch(method))
            throw InvalidInput.At("method", "is no method: write it in capitals, e.g. GET, POST, PUT, PATCH, DELETE.");
        if (method is "CONNECT" or "TRACE")
        {
            throw InvalidInput.At(
                "method",
                $"must not be {method}: {(method == "TRACE" ? "its answer repeats credentials" : "it is for proxies")}."
            );
        }

        return HttpMethod.Parse(method);
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9_-]{0,31}\z", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
