namespace Integration.Mail.Smtp;

/// <summary>A message on its way: a dot at the beginning of a line is doubled (RFC 5321, 4.5.2), as a single one ends the message.</summary>
internal sealed class DataStream(SmtpConnection connection, TimeSpan limit) : Stream
{
    private readonly MemoryStream _pending = new();
    private bool _lineBegins = true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        Stuff(buffer.Span);
        if (_pending.Length >= 16 * 1024)
            await FlushAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending.Length == 0)
            return;
        await connection.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length), limit, cancellationToken);
        _pending.SetLength(0);
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Stuff(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_lineBegins && bytes[0] == '.')
                _pending.WriteByte((byte)'.');
            var end = bytes.IndexOf((byte)'\n') + 1;
            _lineBegins = end > 0;
            var line = end > 0 ? bytes[..end] : bytes;
            _pending.Write(line);
            bytes = bytes[line.Length..];
        }
    }
}
