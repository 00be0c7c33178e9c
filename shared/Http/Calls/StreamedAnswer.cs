using Integration.Errors;
using Integration.Hosting;

namespace Integration.Http;

/// <summary>
/// An answer whose body is still on its way. It can be read once, and only while the callback that gets it runs.
/// </summary>
public sealed class StreamedAnswer
{
    private readonly HttpResponseMessage _response;
    private readonly HttpCall _call;
    private readonly SentContent? _sent;
    private readonly SecretMask _mask;
    private readonly Action _moved;
    private readonly bool _isEncoded;
    private long _received;

    internal StreamedAnswer(
        HttpResponseMessage response,
        HttpCall call,
        SentContent? sent,
        SecretMask mask,
        TimeProvider time,
        Action moved
    )
    {
        _response = response;
        _call = call;
        _sent = sent;
        _mask = mask;
        _moved = moved;
        _isEncoded = DecodedBody.IsEncoded(response);
        Headers = AnswerHeaders.Read(response, _isEncoded);
        RetryAfter = Http.RetryAfter.Read(response.Headers, time);
    }

    /// <summary>The status of HTTP, e.g. 200.</summary>
    public int Status => (int)_response.StatusCode;

    /// <summary>By lower-case name; without cookies and credentials.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>E.g. <c>application/json</c>; null when the target does not say.</summary>
    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>E.g. <c>utf-8</c>; null when the target does not say.</summary>
    public string? Charset => _response.Content.Headers.ContentType?.CharSet;

    /// <summary>
    /// Of the body, in bytes, when the target says it. Null for a compressed one, which is unpacked while it is read.
    /// </summary>
    public long? Length => _isEncoded ? null : _response.Content.Headers.ContentLength;

    /// <summary>How long the target asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// The body, unpacked. Reading fails with a <see cref="TaskErrorException"/> when the connection ends, when the body is not
    /// what the headers say, and when it becomes longer than <see cref="CallLimits.MaxStreamedBytes"/>.
    /// </summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellation) =>
        new TransferStream(
            await DecodedBody.OpenAsync(_response, cancellation),
            Count,
            cause => CallErrors.Of(_call, _sent, cause)
        );

    /// <summary>Reads the body into memory, up to <see cref="CallLimits.MaxAnswerBytes"/>.</summary>
    public async Task<HttpAnswer> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var (body, complete) = await LimitedBody.ReadAsync(_response, _call.Limits.MaxAnswerBytes, cancellation);
            return With(body, complete);
        }
        // The status of a failure says what there is to know, also where its body cannot be read.
        catch (UnreadableBodyException e) when (Status >= 400)
        {
            return With(default, isComplete: false) with { Problem = e.Message };
        }
    }

    /// <summary>The answer with what was read of its body by other means.</summary>
    /// <param name="body">From its start on.</param>
    /// <param name="isComplete">Whether that is all.</param>
    public HttpAnswer With(ReadOnlyMemory<byte> body, bool isComplete) =>
        new()
        {
            Status = Status,
            Headers = Headers,
            MediaType = MediaType,
            Charset = Charset,
            Body = body,
            IsComplete = isComplete,
            RetryAfter = RetryAfter,
            Call = _call,
            Mask = _mask,
        };

    private void Count(int bytes)
    {
        _moved();
        _received += bytes;
        if (_received > _call.Limits.MaxStreamedBytes)
            throw AnswerErrors.TooLarge(_call, _call.Limits.MaxStreamedBytes);
    }
}
