using Integration.Hosting;
using Integration.Http;

namespace Integration.Soap.Answers;

/// <summary>
/// The body of an answer as it comes. Counts what becomes part of an event, and keeps the start for an operator.
/// </summary>
/// <param name="content">From the connection.</param>
/// <param name="call">What is answered.</param>
/// <param name="cancellation">Ends the wait for more; readers of XML have no token of their own to hand on.</param>
internal sealed class AnswerBody(Stream content, HttpCall call, CancellationToken cancellation) : ReadingStream
{
    private const int StartBytes = 2 * 1024;

    private readonly MemoryStream _start = new();
    private long _counted;

    /// <summary>Whether nothing came.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether what is read goes to a file store, and does not count.</summary>
    public bool GoesToFile { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var token = cancellationToken.CanBeCanceled ? cancellationToken : cancellation;
        var read = await content.ReadAsync(buffer, token);
        IsEmpty &= read == 0;
        if (_start.Length < StartBytes)
            _start.Write(buffer.Span[..(int)Math.Min(read, StartBytes - _start.Length)]);
        if (!GoesToFile)
            Count(read);
        return read;
    }

    /// <summary>What was counted before it was known that it goes to a file.</summary>
    public void Forgive(long bytes) => _counted = Math.Max(0, _counted - bytes);

    /// <summary>The answer with its start, for an error.</summary>
    public HttpAnswer Start(StreamedAnswer answer) => answer.With(_start.ToArray(), isComplete: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _start.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(int read)
    {
        _counted += read;
        if (_counted > call.Limits.MaxAnswerBytes)
            throw AnswerErrors.TooLarge(call);
    }
}
