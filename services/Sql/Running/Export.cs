using System.IO.Pipelines;

namespace Integration.Sql.Running;

/// <summary>
/// What a statement gives, on its way into a file store: the database writes as fast as the store reads, and little of it
/// is in memory.
/// </summary>
/// <param name="form">Of the file.</param>
/// <param name="maxRowBytes">Largest row, as JSON.</param>
internal sealed class Export(ExportForm form, int maxRowBytes)
{
    private const int Most = 256 * 1024;

    private readonly Pipe _pipe = new(
        new PipeOptions(pauseWriterThreshold: Most, resumeWriterThreshold: Most / 2, useSynchronizationContext: false)
    );

    public ExportForm Form => form;

    public int MaxRowBytes => maxRowBytes;

    /// <summary>What the store reads. It fails with what the database failed with, and so nothing is saved.</summary>
    public Stream Content => _pipe.Reader.AsStream();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var written = await _pipe.Writer.WriteAsync(bytes, cancellation);
        if (written.IsCompleted)
            throw new OperationCanceledException("The file store reads no more.");
    }

    /// <summary>All is written; or nothing more comes, for this reason.</summary>
    public ValueTask EndAsync(Exception? failure = null) => _pipe.Writer.CompleteAsync(failure);

    /// <summary>The store reads no more.</summary>
    public ValueTask AbandonAsync() => _pipe.Reader.CompleteAsync();
}
