using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>The headers of an answer that may be kept and shown.</summary>
internal static class AnswerHeaders
{
    private static readonly HashSet<string> _hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Set-Cookie",
        "Set-Cookie2",
        "Authorization",
        "Authentication-Info",
        "Proxy-Authorization",
        "Proxy-Authentication-Info",
    };

    /// <param name="response">The answer.</param>
    /// <param name="isEncoded">Whether its body is read otherwise than it arrives: what describes its encoding is left away then.</param>
    public static IReadOnlyDictionary<string, string> Read(HttpResponseMessage response, bool isEncoded)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(headers, response.Headers);
        Add(headers, response.Content.Headers);
        if (isEncoded)
        {
            headers.Remove("content-encoding");
            headers.Remove("content-length");
        }

        return headers;
    }

    private static void Add(Dictionary<string, string> headers, HttpHeaders more)
    {
        foreach (var (name, values) in more.NonValidated)
        {
            if (!_hidden.Contains(name))
                headers[name.ToLowerInvariant()] = HeaderText.Of(string.Join(", ", values));
        }
    }
}
