using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Integration.Hosting;

/// <summary>
/// The content type of a body. What a page can send without asking first (text/plain, forms) is never the right one, so that a
/// browser which says nothing of the page's origin is refused as well.
/// </summary>
internal static class MediaCheck
{
    private static readonly string[] _json = ["application/json"];
    private static readonly string[] _xml = ["application/xml", "text/xml", "application/bpmn+xml"];

    /// <summary>The content types that a kind of body may have, the usual one first.</summary>
    public static IReadOnlyList<string> Types(RequestBody body) =>
        body switch
        {
            RequestBody.Json => _json,
            RequestBody.Xml => _xml,
            _ => [],
        };

    public static IResult? Refusal(HttpRequest request, RequestShape shape)
    {
        var hasBody = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        if (shape.Body == RequestBody.None)
            return hasBody ? ApiProblem.BadField("body", "This route takes no body. Leave it out.") : null;
        var given = request.Headers.ContentType;
        if (given.Count == 0 && !hasBody)
            return null;
        var right = Types(shape.Body);
        if (
            given.Count != 1
            || !MediaTypeHeaderValue.TryParse(given[0], out var type)
            || !right.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        )
            return ApiProblem.Field(
                StatusCodes.Status415UnsupportedMediaType,
                "Content-Type",
                $"It is {(given.Count == 0 ? "missing" : $"'{given}'")}. Send the header 'Content-Type: {right[0]}'."
            );
        if (type.Charset.HasValue && !IsUtf8(type.Charset.Value!))
            return ApiProblem.Field(
                StatusCodes.Status415UnsupportedMediaType,
                "Content-Type",
                $"The character set '{type.Charset}' is not taken. Send UTF-8."
            );
        return request.Headers.ContentEncoding.Count == 0
            ? null
            : ApiProblem.Field(
                StatusCodes.Status415UnsupportedMediaType,
                "Content-Encoding",
                "Encoded bodies are not taken. Send the body as it is."
            );
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";
}
