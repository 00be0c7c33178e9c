using System.Text.Json;

namespace Integration.Sql.Running;

/// <summary>What came of one statement.</summary>
/// <param name="Affected">Rows that were changed.</param>
/// <param name="Rows">Rows that came back; null when the statement returns none.</param>
/// <param name="Truncated">Whether there were more.</param>
internal sealed record StatementResult(long Affected, IReadOnlyList<JsonElement>? Rows, bool Truncated = false)
{
    /// <summary>What a declared error counts.</summary>
    public long Count => Exported ?? Rows?.Count ?? Affected;

    /// <summary>Rows that went into a file instead.</summary>
    public int? Exported { get; init; }
}
