using Integration.Hosting;

namespace Integration.Sql.PostgreSql;

/// <summary>A file on its way to the server. The driver asks how long it is; it reads it once and never seeks.</summary>
internal sealed class FileContent(Stream content, long length, CancellationToken cancellation) : ReadingStream
{
    private long _read;

    /// <summary>Why it could not be read to its end.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    // The token is the task's: the driver's own does not end what it has begun to send.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await content.ReadAsync(buffer, cancellation);
            _read += read;
            return read;
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }
}
