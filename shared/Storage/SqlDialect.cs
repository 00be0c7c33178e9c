namespace Integration.Storage;

/// <summary>Where SQLite and PostgreSQL use different words for the same thing.</summary>
/// <param name="Name"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Blob">Type of a column of bytes.</param>
/// <param name="Identity">Type of a primary key that the database counts up.</param>
/// <param name="SkipLocked">Behind a <c>select</c>: locks the rows and passes over what another replica has locked.</param>
/// <param name="Shared">Whether several processes may use the database at once.</param>
public sealed record SqlDialect(string Name, string Blob, string Identity, string SkipLocked, bool Shared)
{
    /// <summary>SQLite: one process, one writer, so nothing needs to be locked by row.</summary>
    public static SqlDialect Sqlite { get; } =
        new("sqlite", "blob", "integer primary key autoincrement", SkipLocked: "", Shared: false);

    /// <summary>The SQL that PostgreSQL understands.</summary>
    public static SqlDialect PostgreSql { get; } =
        new(
            "postgresql",
            "bytea",
            "bigint generated always as identity primary key",
            "for update skip locked",
            Shared: true
        );

    /// <summary>
    /// Whether a column has one of the values of an array parameter, for queries by Dapper: it spells the values out for
    /// SQLite and passes the array to PostgreSQL, which <c>in @values</c> cannot take.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="parameter">Name of a parameter that is an array, with its <c>@</c>.</param>
    public string In(string column, string parameter) =>
        Name == PostgreSql.Name ? $"{column} = any({parameter})" : $"{column} in {parameter}";

    /// <summary>Replaces the placeholders of a migration.</summary>
    public string Translate(string sql) =>
        sql.Replace("{blob}", Blob, StringComparison.Ordinal).Replace("{identity}", Identity, StringComparison.Ordinal);
}
