using System.Globalization;
using System.Net;

namespace Integration.Http;

/// <summary>How the end of a body is recognised (RFC 9112, 6.3, and RFC 9113, 8.1.1).</summary>
/// <param name="Length">Of what arrives, in bytes; null when it is not announced.</param>
/// <param name="EndsByClosing">Whether only the end of the connection says that it is all.</param>
internal readonly record struct AnswerFraming(long? Length, bool EndsByClosing)
{
    /// <exception cref="UnreadableBodyException">Its length contradicts itself, or is none.</exception>
    public static AnswerFraming Of(HttpResponseMessage answer)
    {
        var hasFrames = answer.Version >= HttpVersion.Version20;
        // Chunks outrank a length.
        if (!hasFrames && answer.Headers.TransferEncodingChunked == true)
            return default;
        var length = LengthOf(answer);
        return new AnswerFraming(length, EndsByClosing: !hasFrames && length is null);
    }

    /// <summary>Whether the answer may have a body at all (RFC 9110, 6.4.1).</summary>
    public static bool HasBody(HttpResponseMessage answer) =>
        answer.RequestMessage?.Method != HttpMethod.Head && (int)answer.StatusCode is not (204 or 304);

    private static long? LengthOf(HttpResponseMessage answer)
    {
        if (!answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var values))
            return null;
        long? length = null;
        foreach (var text in values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (
                !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
                || (length is { } other && other != one)
            )
                throw new UnreadableBodyException("has a Content-Length that is no length, or several that differ");
            length = one;
        }

        return length;
    }
}
