using System.Text;
using System.Text.Json;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The body of an answer as JSON or text, in the character set that it came in.</summary>
/// <param name="Body">Null when there is none, or none that can be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal sealed record AnswerContent(JsonElement? Body, string? Problem = null)
{
    private static readonly UTF8Encoding _strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static AnswerContent Of(HttpAnswer answer)
    {
        if (answer.Body.IsEmpty)
            return new AnswerContent(Body: null);
        try
        {
            return new AnswerContent(Read(answer.MediaType, Text(answer)));
        }
        catch (JsonException e)
        {
            return new AnswerContent(null, $"says that it is {answer.MediaType}, and is no JSON: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            return new AnswerContent(null, "is no text in utf-8, and names no other character set");
        }
        catch (ArgumentException)
        {
            return new AnswerContent(null, $"is in the character set '{answer.Charset}', which is not known");
        }
    }

    private static string Text(HttpAnswer answer)
    {
        var encoding = answer.Charset is null ? _strict : Charsets.Get(answer.Charset);
        return encoding.GetString(answer.Body.Span).TrimStart('\uFEFF');
    }

    private static JsonElement Read(string? mediaType, string text)
    {
        if (MediaTypes.IsJson(mediaType))
            return JsonElement.Parse(text);
        return mediaType is null && TryParse(text) is { } json ? json : JsonSerializer.SerializeToElement(text);
    }

    // Without a media type it is JSON when it reads like JSON.
    private static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
