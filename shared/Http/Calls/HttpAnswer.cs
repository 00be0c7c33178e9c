using System.Text;
using Integration.Hosting;
using Integration.Xml;

namespace Integration.Http;

/// <summary>An answer with its whole body, or as much of it as the limit lets through.</summary>
public sealed record HttpAnswer
{
    /// <summary>The status of HTTP, e.g. 200.</summary>
    public required int Status { get; init; }

    /// <summary>By lower-case name; without cookies and credentials.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>E.g. <c>application/json</c>; null when the target does not say.</summary>
    public string? MediaType { get; init; }

    /// <summary>E.g. <c>utf-8</c>; null when the target does not say.</summary>
    public string? Charset { get; init; }

    /// <summary>At most as long as <see cref="CallLimits.MaxAnswerBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>False when the body was longer than the limit.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>
    /// Why the body of a failure could not be read, as the end of a sentence that begins with "the answer"; it is then empty and not
    /// complete. The default value is null.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>How long the target asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The call that was answered: another one than was made when a redirect was followed. Null for an answer that came from
    /// no call.
    /// </summary>
    public HttpCall? Call { get; init; }

    /// <summary>Knows the secrets that an answer may repeat. Null for an answer that came from no call.</summary>
    internal SecretMask? Mask { get; init; }

    /// <summary>
    /// The start of the body for an operator, unreadable parts replaced, and secrets by stars: later on, a secret that is cut
    /// would not be found any more.
    /// </summary>
    /// <param name="bytes">How much of it.</param>
    public string Excerpt(int bytes)
    {
        var text = Decoder().GetString(Body.Span[..Math.Min(bytes, Body.Length)]);
        if (Mask is null)
            return text;
        return IsComplete && Body.Length <= bytes ? Mask.Apply(text) : Mask.ApplyToStart(text.TrimEnd('\uFFFD'));
    }

    private Encoding Decoder()
    {
        try
        {
            return Charset is null ? Encoding.UTF8 : Charsets.Get(Charset, replaces: true);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
