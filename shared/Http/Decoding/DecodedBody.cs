using System.Net;

namespace Integration.Http;

/// <summary>
/// The body of an answer with its encodings undone. Its reader either gets all of it, or an exception: also where the framework
/// takes a part for the whole, in HTTP/2 with a length and in every packed body.
/// </summary>
internal static class DecodedBody
{
    // More than one is rare; a long list is an attempt to make us work.
    private const int MostCodings = 4;

    /// <summary>Whether what is read differs from what arrives.</summary>
    public static bool IsEncoded(HttpResponseMessage answer) =>
        AnswerFraming.HasBody(answer) && ContentCodings.Of(answer).Count > 0;

    /// <summary>Opens it. It is read while it arrives.</summary>
    /// <param name="answer">Whose headers are there.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="UnreadableBodyException">Its headers say that it cannot be read.</exception>
    public static async Task<Stream> OpenAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!AnswerFraming.HasBody(answer))
            return await answer.Content.ReadAsStreamAsync(cancellation);
        var framing = AnswerFraming.Of(answer);
        var codings = ContentCodings.Of(answer);
        if (codings.Count > MostCodings)
            throw new UnreadableBodyException(
                $"is encoded {codings.Count} times, and no more than {MostCodings} encodings are undone"
            );
        var body = await answer.Content.ReadAsStreamAsync(cancellation);
        // HTTP/1.1 is counted by the framework.
        if (framing.Length is { } length && answer.Version >= HttpVersion.Version20)
            body = new CountedBody(body, length);
        foreach (var coding in codings)
            body = ContentCodings.Undo(coding, body, framing.EndsByClosing);
        return body;
    }
}
