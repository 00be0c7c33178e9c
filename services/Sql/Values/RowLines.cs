using System.Buffers;
using Integration.Sql.Running;

namespace Integration.Sql.Values;

/// <summary>Rows for a file: a line of JSON each, and one row at a time in memory.</summary>
internal sealed class RowLines(Export export) : RowWriter(export.MaxRowBytes, "Sql__MaxRowBytes")
{
    private int _rows;

    public override async ValueTask EndRowAsync(CancellationToken cancellation)
    {
        CheckSize();
        await Json.FlushAsync(cancellation);
        Buffer.Write("\n"u8);
        await export.WriteAsync(Buffer.WrittenMemory, cancellation);
        Buffer.ResetWrittenCount();
        Json.Reset();
        _rows++;
    }

    public override StatementResult End(long affected, bool truncated) =>
        new(affected, null, truncated) { Exported = _rows };
}
