namespace Integration.Hosting;

/// <summary>Origins of web pages (RFC 6454), in one spelling.</summary>
internal static class WebOrigin
{
    /// <summary>Scheme, host and port in lower case, the port also where it is the usual one; null for what is no origin.</summary>
    public static string? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.PathAndQuery == "/"
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
        && !text!.EndsWith('/')
            ? $"{uri.Scheme}://{uri.Host}:{uri.Port}".ToLowerInvariant()
            : null;
}
