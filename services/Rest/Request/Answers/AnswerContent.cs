using System.Text.Json;
using System.Xml;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The body of an answer as JSON or text.</summary>
/// <param name="Body">Null when there is none, or none that can be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal sealed record AnswerContent(JsonElement? Body, string? Problem = null)
{
    // An event holds it a few levels deeper, and readers of events take 64.
    private static readonly JsonDocumentOptions _json = new() { MaxDepth = 56 };

    /// <summary>In the form that was asked for; what is no document as auto.</summary>
    public static AnswerContent Of(HttpAnswer answer, AnswerForm form)
    {
        // Only the whole of a document says something, and a secret that is cut is not known as one.
        if (!answer.IsComplete)
            return new AnswerContent(null, answer.Problem ?? "was not read to its end");
        if (answer.Body.IsEmpty)
            return new AnswerContent(Body: null);
        var (text, problem) = AnswerText.Of(
            answer.Body.Span,
            answer.Charset,
            mayBeXml: form.Kind == AnswerKind.Xml || MediaTypes.IsXml(answer.MediaType),
            mayBeJson: form.Kind == AnswerKind.Json
                || (form.Kind != AnswerKind.Xml && MediaTypes.IsJson(answer.MediaType))
        );
        if (text is null)
            return new AnswerContent(null, problem);
        try
        {
            return new AnswerContent(Read(answer.MediaType, text, form));
        }
        catch (JsonException e)
        {
            var what = form.Kind == AnswerKind.Json ? "is wanted as JSON" : $"says that it is {answer.MediaType}";
            return new AnswerContent(null, $"{what}, and is no JSON: {Plain(e)}");
        }
        catch (XmlException e)
        {
            return new AnswerContent(null, $"is wanted as XML, and is none that is taken: {e.Message}");
        }
    }

    private static JsonElement Read(string? mediaType, string text, AnswerForm form) =>
        form.Kind switch
        {
            AnswerKind.Text => JsonSerializer.SerializeToElement(text),
            AnswerKind.Xml => XmlAsJson.Read(text, form.Lists),
            _ when IsJson(mediaType, form) => Parse(text),
            _ => mediaType is null && TryParse(text) is { } json ? json : JsonSerializer.SerializeToElement(text),
        };

    private static bool IsJson(string? mediaType, AnswerForm form) =>
        form.Kind == AnswerKind.Json
        || (form.Kind is not (AnswerKind.Text or AnswerKind.Xml) && MediaTypes.IsJson(mediaType));

    private static JsonElement Parse(string text)
    {
        var json = JsonElement.Parse(text, _json);
        return BrokenTexts.Find(json) is { } place
            ? throw new JsonException(
                $"{(place.Length == 0 ? "It" : $"The text at {place}")} holds half of a character."
            )
            : json;
    }

    // The parser's advice is for the calling code.
    private static string Plain(JsonException problem) =>
        problem.Message.Replace(" Change the reader options.", "", StringComparison.Ordinal);

    // Without a media type it is JSON when it reads like JSON.
    private static JsonElement? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
