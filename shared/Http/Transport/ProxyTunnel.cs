using System.Globalization;
using System.Text;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Http;

/// <summary>Asks a proxy for a tunnel to a target (RFC 9110, 9.3.6).</summary>
[Raises(
    ErrorCategory.Access,
    "proxy-unauthorised",
    "The proxy does not accept our credentials, or got none. Nothing was sent to the target.",
    "Check ProxyUserName and ProxyPasswordFile."
)]
[Raises(
    ErrorCategory.Access,
    "proxy-refused",
    "The proxy does not let us call this target. Nothing was sent to it.",
    "Have the target allowed at the proxy, or call it without: Http__ProxyExclusions."
)]
[Raises(
    ErrorCategory.Connectivity,
    "proxy-failed",
    "The proxy did not get a connection to the target. Nothing was sent to it.",
    "Look at the proxy and at the target; it is retried."
)]
internal static class ProxyTunnel
{
    private const int LongestHead = 16 * 1024;

    /// <summary>Afterwards the stream leads to the target.</summary>
    public static async Task OpenAsync(
        Stream stream,
        ProxySettings proxy,
        string target,
        CancellationToken cancellation
    )
    {
        var request = new StringBuilder($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        if (proxy.Authorization() is { } authorization)
            request.Append($"Proxy-Authorization: {authorization}\r\n");
        int status;
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()), cancellation);
            status = await StatusAsync(stream, cancellation);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Failed(
                proxy.Target,
                $"The proxy {proxy.Target} ended the connection, or speaks no HTTP: {e.Message}",
                e
            );
        }

        if (status is >= 200 and < 300)
            return;
        throw status switch
        {
            407 => new AccessErrorException(
                "proxy-unauthorised",
                $"The proxy {proxy.Target} does not accept our credentials, or got none. Check ProxyUserName and ProxyPasswordFile."
            )
            {
                Target = proxy.Target,
            },
            >= 500 => Failed(
                target,
                $"The proxy {proxy.Target} got no connection to {target} and answered {status}.",
                null
            ),
            _ => new AccessErrorException(
                "proxy-refused",
                $"The proxy {proxy.Target} does not let us call {target} and answered {status}. Have the target allowed there, or add "
                    + "it to Http__ProxyExclusions."
            )
            {
                Target = target,
            },
        };
    }

    // Nothing follows the head of a success before we speak, so that no byte of the tunnel is read here.
    private static async Task<int> StatusAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new byte[LongestHead];
        var length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            if (length == head.Length)
                throw new InvalidDataException("its answer has no end.");
            var read = await stream.ReadAsync(head.AsMemory(length), cancellation);
            if (read == 0)
                throw new InvalidDataException("there was no whole answer.");
            length += read;
        }

        var line = Encoding.Latin1.GetString(head, 0, head.AsSpan(0, length).IndexOf("\r\n"u8)).Split(' ', 3);
        return
            line.Length >= 2
            && line[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new InvalidDataException("its answer is no HTTP.");
    }

    private static ConnectivityErrorException Failed(string target, string message, Exception? cause) =>
        new("proxy-failed", message, cause) { Target = target };
}
