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
        if (answer.Body.IsEmpty)
            return new AnswerContent(Body: null);
        var (text, problem) = AnswerText.Of(
            answer.Body.Span,
            answer.Charset,
            mayBeXml: form.Kind == AnswerKind.Xml || MediaTypes.IsXml(answer.MediaType)
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
            return new AnswerContent(null, $"{what}, and is no JSON: {e.Message}");
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
            AnswerKind.Json => JsonElement.Parse(text, _json),
            AnswerKind.Xml => XmlAsJson.Read(text, form.Lists),
            _ when MediaTypes.IsJson(mediaType) => JsonElement.Parse(text, _json),
            _ => mediaType is null && TryParse(text) is { } json ? json : JsonSerializer.SerializeToElement(text),
        };

    // Without a media type it is JSON when it reads like JSON.
    private static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonElement.Parse(text, _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
