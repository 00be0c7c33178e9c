using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Integration.Fixtures;

/// <summary>An answer to bytes that were sent as they are.</summary>
/// <param name="Status">0 when the connection ended without an answer.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">Of the answer, with the frames of chunks.</param>
public sealed record RawAnswer(int Status, string Head, string Body);

/// <summary>Requests that no HTTP client would send.</summary>
public static class RawHttp
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends a request on a connection of its own and reads until the server closes it; a hang fails.</summary>
    /// <param name="address">Of the server.</param>
    /// <param name="request">As text, each character a byte; with <c>Connection: close</c>.</param>
    public static async Task<RawAnswer> SendAsync(Uri address, string request)
    {
        using var patience = new CancellationTokenSource(_patience);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        await using var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        }
        catch (IOException)
        {
            // Refused before all of it was sent; the answer may be there all the same.
        }

        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Reset after the answer.
        }

        return Read(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static RawAnswer Read(string answer)
    {
        if (!answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return new RawAnswer(0, answer, "");
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new RawAnswer(
            int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture),
            end < 0 ? answer : answer[..end],
            end < 0 ? "" : answer[(end + 4)..]
        );
    }
}
