using Integration.Hosting;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The start of an answer that is on its way into a file store: read before, to judge the answer by what it says.</summary>
/// <param name="Bytes">As many as were read.</param>
/// <param name="IsAll">Whether the body ends with them.</param>
internal sealed record AnswerStart(ReadOnlyMemory<byte> Bytes, bool IsAll)
{
    private const int Block = 16 * 1024;

    /// <summary>Nothing was read.</summary>
    public static AnswerStart Unread { get; } = new(default, IsAll: false);

    public static async Task<AnswerStart> ReadAsync(Stream body, int limit, CancellationToken cancellation)
    {
        var buffer = new byte[(int)Math.Min(Block, limit + 1L)];
        var length = 0;
        while (await body.ReadAsync(buffer.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length > limit)
                return new AnswerStart(buffer.AsMemory(0, length), IsAll: false);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
        }

        return new AnswerStart(buffer.AsMemory(0, length), IsAll: true);
    }

    public HttpAnswer Of(StreamedAnswer answer) => answer.With(Bytes, IsAll);

    /// <summary>The whole body, beginning with what was read already.</summary>
    public Stream Before(Stream rest) => Bytes.IsEmpty ? rest : new Rejoined(Bytes, rest);

    private sealed class Rejoined(ReadOnlyMemory<byte> start, Stream rest) : ReadingStream
    {
        private int _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given == start.Length)
                return rest.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(buffer.Length, start.Length - _given);
            start.Slice(_given, count).CopyTo(buffer);
            _given += count;
            return ValueTask.FromResult(count);
        }
    }
}
