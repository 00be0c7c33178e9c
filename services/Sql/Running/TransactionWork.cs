namespace Integration.Sql.Running;

/// <summary>Statements that are run in one transaction: all of them or none.</summary>
/// <param name="Calls">In this order.</param>
/// <param name="ReadOnly">Whether the database must refuse changes.</param>
/// <param name="MaxRows">Most rows of all statements together.</param>
/// <param name="MayTruncate">Whether further rows are left out, rather than a failure.</param>
/// <param name="MaxBytes">Most bytes of all rows as JSON.</param>
internal sealed record TransactionWork(
    IReadOnlyList<StatementCall> Calls,
    bool ReadOnly,
    int MaxRows,
    bool MayTruncate,
    int MaxBytes
);
