using Integration.Contracts;
using Integration.Errors;
using Integration.Sql.Values;

namespace Integration.Sql.Running;

/// <summary>Statements that are run in one transaction: all of them or none.</summary>
/// <param name="Calls">In this order.</param>
/// <param name="ReadOnly">Whether the database must refuse changes.</param>
/// <param name="MaxRows">Most rows of all statements together.</param>
/// <param name="MayTruncate">Whether further rows are left out, rather than a failure.</param>
/// <param name="MaxBytes">Most bytes of all rows as JSON.</param>
[Raises(
    ErrorCategory.Volumetric,
    "too-many-rows",
    "There are more rows than `Sql__MaxRows`, or in a file than `Sql__MaxFileRows`. A change was undone.",
    "Select less, set `maxRows`, or raise the limit."
)]
internal sealed record TransactionWork(
    IReadOnlyList<StatementCall> Calls,
    bool ReadOnly,
    int MaxRows,
    bool MayTruncate,
    int MaxBytes
)
{
    /// <summary>Where the rows of the only statement go when they are wanted in a file.</summary>
    public Export? Export { get; init; }

    /// <summary>For the rows of a statement.</summary>
    public RowWriter Rows() => Export is null ? new RowList(MaxBytes) : new RowLines(Export);

    public VolumetricErrorException TooManyRows() =>
        new(
            "too-many-rows",
            $"There are more than {MaxRows} rows. Select fewer, set maxRows to take only the first, or raise "
                + $"{(Export is null ? "Sql__MaxRows" : "Sql__MaxFileRows")}."
        );
}
