using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Files;
using Integration.Soap.Mapping;

namespace Integration.Soap.Tests.Mapping;

/// <summary>Content of a size, and how much of it was under way at most: read from one side, not yet arrived at the other.</summary>
internal sealed class Measured(long size) : IFileStores, IContentSink
{
    private long _arrived;

    public long Read { get; private set; }

    public long Saved { get; private set; }

    public long MostUnderWay { get; private set; }

    public Counter Written => field ??= new Counter(this, 3, 4);

    public string Reference => JsonSerializer.Serialize(new FileReference("s", "k", size, new string('0', 64)));

    public Stream Answer(string before, string after) => new Source(this, size, before, after);

    public void Require(string store) { }

    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation) =>
        Task.FromResult<Stream>(new Source(this, size, "", ""));

    public async Task<FileReference> SaveAsync(string name, Stream content, long begun, CancellationToken cancellation)
    {
        var block = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(block, cancellation)) > 0)
        {
            Saved += read;
            Arrive(read * 4 / 3);
        }

        return new FileReference("s", "k", Saved, new string('0', 64));
    }

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => SaveAsync("", content, 0, cancellation);

    private void Leave(int count)
    {
        Read += count;
        MostUnderWay = Math.Max(MostUnderWay, Read - _arrived);
    }

    private void Arrive(long count) => _arrived += count;

    /// <summary>Swallows what is written to it.</summary>
    internal sealed class Counter(Measured measured, int numerator, int denominator) : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(byte[] buffer, int offset, int count)
        {
            _length += count;
            measured.Arrive((long)count * numerator / denominator);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write([], 0, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A text, many times the letter A (which is base64 for zeros), and a text.</summary>
    private sealed class Source(Measured measured, long size, string before, string after) : MemoryStream
    {
        private readonly byte[] _before = Encoding.UTF8.GetBytes(before);
        private readonly byte[] _after = Encoding.UTF8.GetBytes(after);
        private long _position;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _before.Length + size + _after.Length - _position);
            for (var i = 0; i < count; i++, _position++)
            {
                buffer[i] =
                    _position < _before.Length ? _before[_position]
                    : _position < _before.Length + size ? (byte)'A'
                    : _after[_position - _before.Length - size];
            }

            measured.Leave(count);
            return count;
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));
    }
}
