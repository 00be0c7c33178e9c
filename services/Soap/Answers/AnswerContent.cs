using System.Text;
using System.Xml;
using Integration.Soap.Mapping;
using Integration.Xml;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Integration.Soap.Answers;

/// <summary>
/// The XML of an answer: its whole body, or the root of one in parts (<c>multipart/related</c>), as servers with MTOM send it also when
/// there is nothing to attach.
/// </summary>
internal sealed class AnswerContent : IDisposable
{
    private readonly MultipartReader? _parts;

    private AnswerContent(Stream xml, Encoding? charset, MultipartReader? parts)
    {
        _parts = parts;
        Reader = ForeignXml.Open(xml, charset);
    }

    /// <summary>At the start.</summary>
    public XmlReader Reader { get; }

    /// <param name="body">Of the answer.</param>
    /// <param name="mediaType">Of the answer.</param>
    /// <param name="charset">Of the answer, where it is in one part.</param>
    /// <param name="headers">Of the answer.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="MalformedAnswerException">It is not in parts as it says, or in a character set that is not known.</exception>
    public static async Task<AnswerContent> OpenAsync(
        Stream body,
        string? mediaType,
        string? charset,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellation
    )
    {
        if (!IsInParts(mediaType))
            return Opened(body, charset, parts: null);
        var parts = new MultipartReader(Boundary(headers), body);
        var root =
            await NextAsync(parts, cancellation)
            ?? throw new MalformedAnswerException($"is {mediaType}, and has no part");
        var type = MediaTypeHeaderValue.TryParse(root.ContentType, out var parsed) ? parsed : null;
        return Opened(root.Body, type?.Charset.Value, parts);
    }

    /// <summary>Whether an answer says that it is in parts.</summary>
    public static bool IsInParts(string? mediaType) =>
        mediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether something comes after the root. The root must be read.</summary>
    public async Task<bool> HasAttachmentsAsync(CancellationToken cancellation) =>
        _parts is not null && await NextAsync(_parts, cancellation) is not null;

    public void Dispose() => Reader.Dispose();

    private static AnswerContent Opened(Stream xml, string? charset, MultipartReader? parts)
    {
        try
        {
            return new AnswerContent(xml, string.IsNullOrWhiteSpace(charset) ? null : Charsets.Get(charset), parts);
        }
        catch (ArgumentException e)
        {
            throw new MalformedAnswerException($"is in the character set '{charset}', which is not known", e);
        }
    }

    private static string Boundary(IReadOnlyDictionary<string, string> headers)
    {
        var boundary = MediaTypeHeaderValue.TryParse(headers.GetValueOrDefault("content-type"), out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        return boundary is { Length: > 0 }
            ? boundary
            : throw new MalformedAnswerException("says that it is in parts, and not where they begin (no boundary)");
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancellation)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancellation);
        }
        // The connection has errors of its own.
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new MalformedAnswerException("is not in parts as it says, or ends before the last of them does", e);
        }
    }
}
