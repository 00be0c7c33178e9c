using Integration.Errors;
using Integration.Files;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The body of a request: in memory, or streamed when a file is in it. Both null for none.</summary>
/// <param name="Bytes">In memory.</param>
/// <param name="Streamed">Read from a file store while it is sent.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte>? Bytes = null, StreamedBody? Streamed = null)
{
    public const string ContentType = "Content-Type";

    // Where the framework puts them beside a body; without a body they would vanish.
    private static readonly string[] _describing = ["Allow", "Expires", "Last-Modified"];

    /// <summary>Adds the content type to the headers where they lack it.</summary>
    public static RequestBody Of(RequestOperation.Input input, Dictionary<string, string> headers, IFileStores files)
    {
        switch (Given(input))
        {
            case []:
                RefuseDescription(headers);
                return new RequestBody();
            case [var one] when input.Method is "GET" or "HEAD":
                throw InvalidInput.At(one, "does not go with GET or HEAD. Use query, or another method.");
            case ["body"]:
                return new RequestBody(PlainBody.Of(input.Body!.Value, headers));
            case ["form"]:
                return new RequestBody(FormBody.Of(input.Form!, headers));
            case ["multipart"]:
                return MultipartBody.Of(input.Multipart!, headers, files);
            case ["base64"]:
                return new RequestBody(BinaryBody.Of(input.Base64!, headers));
            case ["file"]:
                return new RequestBody(Streamed: BinaryBody.Of(input.File!, headers, files));
            case var several:
                throw InvalidInput.At(
                    string.Join(" and ", several),
                    "are bodies, and a request has one. Keep one of them."
                );
        }
    }

    private static List<string> Given(RequestOperation.Input input)
    {
        var given = new List<string>(1);
        if (input.Body is { ValueKind: not System.Text.Json.JsonValueKind.Null })
            given.Add("body");
        if (input.Form is not null)
            given.Add("form");
        if (input.Multipart is not null)
            given.Add("multipart");
        if (input.Base64 is not null)
            given.Add("base64");
        if (input.File is not null)
            given.Add("file");
        return given;
    }

    private static void RefuseDescription(Dictionary<string, string> headers)
    {
        var lost = headers.Keys.FirstOrDefault(name =>
            name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || _describing.Contains(name, StringComparer.OrdinalIgnoreCase)
        );
        if (lost is not null)
            throw InvalidInput.At($"headers.{lost}", "describes a body, but there is none. Remove it, or set a body.");
    }
}
