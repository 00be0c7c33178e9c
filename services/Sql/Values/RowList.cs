using System.Text.Json;
using Integration.Sql.Running;

namespace Integration.Sql.Values;

/// <summary>Rows for an event.</summary>
internal sealed class RowList : RowWriter
{
    public RowList(int most)
        : base(most, "Sql__MaxAnswerBytes") => Json.WriteStartArray();

    public override ValueTask EndRowAsync(CancellationToken cancellation)
    {
        CheckSize();
        return ValueTask.CompletedTask;
    }

    public override StatementResult End(long affected, bool truncated)
    {
        Json.WriteEndArray();
        Json.Flush();
        return new StatementResult(affected, [.. JsonElement.Parse(Buffer.WrittenSpan).EnumerateArray()], truncated);
    }
}
