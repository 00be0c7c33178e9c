using System.Buffers;

namespace Integration.Http;

/// <summary>Names of request headers: what is one, and which are not for callers to set.</summary>
public static class HeaderNames
{
    private static readonly SearchValues<char> _token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    // They belong to the connection or to the framing of the message, or carry the trace.
    private static readonly HashSet<string> _ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "HTTP2-Settings",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "traceparent",
        "tracestate",
    };

    /// <summary>Whether it is a token (RFC 9110, 5.6.2).</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(_token);
    }

    /// <summary>Whether the transport sets it.</summary>
    public static bool IsOurs(string name) => _ours.Contains(name);
}
