using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Query;

/// <summary>Reads rows from a database, in a transaction that cannot change anything.</summary>
/// <remarks>
/// The statement stands in the configuration of the service, and the task gives it values. SQL of the task's own is possible where
/// a connection allows it.
/// </remarks>
[Operation("sql.query", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(Runner))]
[RaisesFrom(typeof(NotOneValue))]
internal sealed class QueryOperation(Runner runner) : Operation<QueryOperation.Input, QueryOperation.Output>
{
    /// <summary>A named statement, or SQL of the task's own.</summary>
    /// <param name="Statement">Name of a statement in the service's configuration.</param>
    /// <param name="Parameters">A value for each of its parameters.</param>
    /// <param name="MaxRows">Rows to read at most; further ones are left out. Without it, more than <c>Sql__MaxRows</c> are an error.</param>
    /// <param name="Sql">SQL of the task's own instead of a named statement, where the connection allows it.</param>
    /// <param name="Types">Types of the parameters in <paramref name="Sql"/>; without one the database infers it.</param>
    /// <param name="Connection">Where <paramref name="Sql"/> runs. The default value is <c>default</c>.</param>
    /// <param name="FileStore">
    /// The file store that what was read is saved to, for more than an event takes. The default value is none: the rows are
    /// in the outputs.
    /// </param>
    /// <param name="As">What the file holds. The default value is <c>jsonLines</c>.</param>
    /// <param name="Name">What people call the file; kept in the reference.</param>
    /// <param name="ContentType">
    /// Media type of the file. The default value is <c>application/jsonl</c> for rows and <c>application/octet-stream</c> for
    /// a value.
    /// </param>
    public sealed record Input(
        string? Statement = null,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        int? MaxRows = null,
        string? Sql = null,
        IReadOnlyDictionary<string, string>? Types = null,
        string? Connection = null,
        string? FileStore = null,
        ExportForm? As = null,
        string? Name = null,
        string? ContentType = null
    );

    /// <summary>What was read.</summary>
    /// <param name="Rows">An object per row, its fields named as the columns.</param>
    /// <param name="RowCount">How many there are.</param>
    /// <param name="Truncated">Whether there are more in the database than <c>maxRows</c>.</param>
    /// <param name="File">Where they are when a file was wanted; then <paramref name="Rows"/> is empty.</param>
    public sealed record Output(
        IReadOnlyList<JsonElement> Rows,
        int RowCount,
        bool Truncated,
        FileReference? File = null
    );

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return runner.Target(input.Statement, input.Connection);
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var wanted = FileOf(input);
        var rows = runner.Rows(input.MaxRows, toFile: wanted is not null);
        var (connection, call) = runner.Bind(
            new Wanted(input.Statement, input.Sql, input.Parameters, input.Types, input.Connection)
        );
        if (wanted is not null)
        {
            var (file, result) = await runner.SaveAsync(connection, call, rows, wanted, cancellation);
            return new Output([], result.Exported ?? 0, result.Truncated, file);
        }

        var results = await runner.RunAsync(connection, [call], readOnly: true, rows, cancellation);
        var found = results[0].Rows ?? [];
        return new Output(found, found.Count, results[0].Truncated);
    }

    private static FileWanted? FileOf(Input input)
    {
        if (input.FileStore is not null)
        {
            var form = input.As ?? ExportForm.JsonLines;
            if (form == ExportForm.Value && input.MaxRows is not null)
                throw InvalidInput.At("maxRows", "is for rows, and a value comes from one row. Remove it.");
            var type = form == ExportForm.JsonLines ? "application/jsonl" : "application/octet-stream";
            return new FileWanted(input.FileStore, form, input.Name, input.ContentType ?? type);
        }

        var alone =
            input.As is not null ? "as"
            : input.Name is not null ? "name"
            : input.ContentType is not null ? "contentType"
            : null;
        return alone is null ? null : throw InvalidInput.At(alone, "is for files only. Add fileStore, or remove it.");
    }
}
