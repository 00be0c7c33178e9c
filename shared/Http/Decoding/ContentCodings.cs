using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>What was done to a body for its way here (RFC 9110, 8.4, and RFC 9112, 7).</summary>
internal static class ContentCodings
{
    /// <summary>What we ask for where a call does not say what it wants.</summary>
    public const string Offered = "gzip, deflate, br";

    // Names of nothing: the registered one, and those of servers that take the header for one about characters or mail.
    private static readonly HashSet<string> _none = new(StringComparer.OrdinalIgnoreCase)
    {
        "identity",
        "none",
        "utf-8",
        "utf8",
        "7bit",
        "8bit",
        "binary",
    };

    /// <summary>In the order in which they are undone: the last one that was done comes first.</summary>
    public static IReadOnlyList<string> Of(HttpResponseMessage answer)
    {
        var content = answer.Content.Headers.NonValidated;
        var message = answer.Headers.NonValidated;
        var isPacked = content.TryGetValues("Content-Encoding", out var encodings);
        var isTransformed = message.TryGetValues("Transfer-Encoding", out var transfers);
        if (!isPacked && !isTransformed)
            return [];
        var codings = new List<string>(1);
        if (isPacked)
            codings.AddRange(Names(encodings));
        // The connection has undone this one.
        if (isTransformed)
            codings.AddRange(Names(transfers).Where(name => !Is(name, "chunked")));
        codings.Reverse();
        return codings;
    }

    /// <summary>The body before the coding was done.</summary>
    /// <param name="coding">Its name.</param>
    /// <param name="body">Encoded; disposed with what is returned.</param>
    /// <param name="endsByClosing">Whether nothing but the coding itself distinguishes a whole body from one that was cut.</param>
    /// <exception cref="UnreadableBodyException">The coding is not supported.</exception>
    public static Stream Undo(string coding, Stream body, bool endsByClosing) =>
        coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new InflatedBody(body, new GzipFraming(), endsByClosing),
            "deflate" => new InflatedBody(body, new ZlibFraming(), endsByClosing),
            "br" => new BrotliBody(body, endsByClosing),
            _ => throw new UnreadableBodyException(
                $"is encoded with '{Short(coding)}', which cannot be undone here: gzip, deflate and br can"
            ),
        };

    private static IEnumerable<string> Names(HeaderStringValues values) =>
        values
            .SelectMany(value =>
                value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            .Where(name => !_none.Contains(name));

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Short(string name) => name.Length <= 50 ? name : name[..50] + "…";
}
