using Integration.Errors;
using Integration.Hosting;

namespace Integration.Http;

/// <summary>
/// What is sent when a target wants a call at another address, if anything. Another origin gets neither credentials nor data,
/// only a request to read.
/// </summary>
internal static class Redirection
{
    private static readonly HashSet<string> _carriedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Charset",
        "Accept-Encoding",
        "Accept-Language",
        "User-Agent",
    };

    /// <summary>The next call; null when the answer is not followed and has to be read as it is.</summary>
    /// <param name="call">The call that was answered.</param>
    /// <param name="answer">The answer to it.</param>
    /// <param name="followed">Redirects so far.</param>
    /// <param name="mask">Knows the secrets that were used.</param>
    /// <exception cref="TaskErrorException">It must not be followed; see <see cref="RedirectErrors"/>.</exception>
    public static HttpCall? Next(HttpCall call, HttpResponseMessage answer, int followed, SecretMask mask)
    {
        if (call.Redirects == 0 || Method(call, (int)answer.StatusCode) is not { } method)
            return null;
        if (answer.Headers.Location is not { } location || !Uri.TryCreate(call.Uri, location, out var uri))
            return null;
        var isSameOrigin = uri.GetLeftPart(UriPartial.Authority) == call.Uri.GetLeftPart(UriPartial.Authority);
        var isReading = method == HttpMethod.Get || method == HttpMethod.Head;
        if (!isReading && (!isSameOrigin || call.Streamed is { Repeatable: false }))
            return null;
        if (followed >= call.Redirects)
            throw RedirectErrors.TooMany(call);
        Check(call, uri, isSameOrigin, mask);

        var isWithBody = !isReading;
        return call with
        {
            Method = method,
            Uri = uri,
            Place = isSameOrigin ? call.Place : $"{uri.GetLeftPart(UriPartial.Authority)}/…",
            Headers = [.. call.Headers.Where(header => IsKept(header.Key, isSameOrigin, isWithBody))],
            Body = isWithBody ? call.Body : null,
            Streamed = isWithBody ? call.Streamed : null,
            Authentication = isSameOrigin ? call.Authentication : null,
        };
    }

    /// <summary>
    /// Null when it is not repeated there. Of a call that changes something, 301 and 302 do not say which method is meant; and one
    /// of once may have been done already.
    /// </summary>
    private static HttpMethod? Method(HttpCall call, int status)
    {
        var isReading = call.Method == HttpMethod.Get || call.Method == HttpMethod.Head;
        return status switch
        {
            301 or 302 or 303 or 307 or 308 when isReading => call.Method,
            _ when !call.MayRepeat => null,
            303 => HttpMethod.Get,
            307 or 308 => call.Method,
            _ => null,
        };
    }

    private static void Check(HttpCall call, Uri uri, bool isSameOrigin, SecretMask mask)
    {
        if (uri.Scheme is not ("http" or "https"))
            throw RedirectErrors.Refused(call, uri, "it is no address of http or https");
        if (call.Uri.Scheme == Uri.UriSchemeHttps && uri.Scheme == Uri.UriSchemeHttp)
            throw RedirectErrors.Refused(call, uri, "it leads from https to http, which can be read on the way");
        if (uri.UserInfo.Length > 0)
            throw RedirectErrors.Refused(call, uri, "it holds credentials");
        if (!isSameOrigin && mask.Apply(uri.OriginalString) != uri.OriginalString)
            throw RedirectErrors.Refused(call, uri, "it would carry a secret of ours to another origin");
    }

    private static bool IsKept(string header, bool isSameOrigin, bool isWithBody) =>
        (isSameOrigin || _carriedOn.Contains(header))
        && (isWithBody || !header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase));
}
