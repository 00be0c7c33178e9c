using System.Data.Common;

namespace Integration.Storage;

/// <summary>
/// The table of an outbox: a primary key <c>id</c>, a column with the end of the lease (bigint, milliseconds since 1970), and what a
/// message consists of. A service makes it with its migrations.
/// </summary>
/// <typeparam name="TEntry">Has a property for each column: <c>routing_key</c> is <c>RoutingKey</c>.</typeparam>
/// <param name="leaseColumn">The column with the end of the lease, e.g. <c>leased_until</c>.</param>
/// <param name="columns">All others but <c>id</c>.</param>
/// <param name="read">Makes an entry of a row: <c>id</c> is column 0, the others follow in the order of <paramref name="columns"/>.</param>
public sealed class OutboxTable<TEntry>(
    string leaseColumn,
    IReadOnlyList<string> columns,
    Func<DbDataReader, TEntry> read
)
{
    private string? _insert;

    /// <summary>Its name. The default value is <c>outbox</c>.</summary>
    public string Name { get; init; } = "outbox";

    /// <summary>Whether the database counts the ids (<c>{identity}</c>). The default value is false: entries bring theirs.</summary>
    public bool CountsIds { get; init; }

    /// <summary>Adds messages to what a transaction writes.</summary>
    /// <param name="database">The database of the transaction.</param>
    /// <param name="transaction">The one in which what they follow from is written.</param>
    /// <param name="entries">In the order in which they are to be published. None is fine.</param>
    /// <param name="cancellation">Ends the attempt, and with it the transaction.</param>
    public Task AddAsync(
        IDatabase database,
        DbTransaction transaction,
        IReadOnlyList<TEntry> entries,
        CancellationToken cancellation
    ) =>
        entries.Count == 0
            ? Task.CompletedTask
            : database.ExecuteManyAsync(transaction, _insert ??= Insert(), entries, cancellation);

    /// <summary>Makes an entry of a row of <see cref="Oldest"/>.</summary>
    internal Func<DbDataReader, TEntry> Read => read;

    /// <summary>Whether there is one that no process is publishing at <c>@now</c>. A look without a lock: mostly there is none.</summary>
    internal string Any => $"select 1 from {Name} where {leaseColumn} <= @now limit 1";

    /// <summary>Ends all leases.</summary>
    internal string ReturnAll => $"update {Name} set {leaseColumn} = 0";

    /// <summary>Moves the end of one entry's lease.</summary>
    internal string Lease => $"update {Name} set {leaseColumn} = @Until where id = @Id";

    /// <summary>Removes one entry.</summary>
    internal string Remove => $"delete from {Name} where id = @Id";

    /// <summary>The oldest that no process is publishing at <c>@now</c>, locked.</summary>
    internal string Oldest(SqlDialect dialect) =>
        $"""
            select id, {string.Join(", ", columns)} from {Name} where {leaseColumn} <= @now order by id limit @limit
            {dialect.SkipLocked}
            """;

    private string Insert()
    {
        IReadOnlyList<string> filled = CountsIds ? columns : ["id", .. columns];
        return $"""
            insert into {Name} ({leaseColumn}, {string.Join(", ", filled)})
            values (@LeasedUntil, {string.Join(", ", filled.Select(Parameter))})
            """;
    }

    private static string Parameter(string column) => "@" + column.Replace("_", "", StringComparison.Ordinal);
}
