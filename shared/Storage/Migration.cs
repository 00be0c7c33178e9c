namespace Integration.Storage;

/// <summary>One step of a schema. Never changed after it was released; a correction is a further step.</summary>
/// <param name="Version">1, 2, 3 … without gaps.</param>
/// <param name="Sql">
/// Statements that both databases understand. <c>{blob}</c> stands for the type of bytes, <c>{identity}</c> for a
/// primary key that the database counts up; see <see cref="SqlDialect"/>.
/// </param>
public sealed record Migration(int Version, string Sql);
