using System.Text.Json;
using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Query;

/// <summary>Reads rows from a database, in a transaction that cannot change anything.</summary>
[Operation("sql.query", Version = 1, Effect = Effect.Read)]
public sealed class QueryOperation(Runner runner) : Operation<QueryOperation.Input, QueryOperation.Output>
{
    /// <summary>What to read.</summary>
    /// <param name="Statement">Name of a statement in the service's configuration.</param>
    /// <param name="Parameters">A value for each of its parameters.</param>
    /// <param name="MaxRows">Rows to read at most; further ones are left out. Bounded by the service's settings.</param>
    /// <param name="Sql">SQL of the task's own instead of a named statement, where the connection allows it.</param>
    /// <param name="Types">Types of the parameters in <paramref name="Sql"/>; without one the database infers it.</param>
    /// <param name="Connection">Where <paramref name="Sql"/> runs. The default value is <c>default</c>.</param>
    public sealed record Input(
        string? Statement = null,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        int? MaxRows = null,
        string? Sql = null,
        IReadOnlyDictionary<string, string>? Types = null,
        string? Connection = null
    );

    /// <summary>What was read.</summary>
    /// <param name="Rows">An object per row, its fields named as the columns.</param>
    /// <param name="RowCount">How many there are.</param>
    /// <param name="Truncated">Whether there are more in the database than <c>maxRows</c>.</param>
    public sealed record Output(IReadOnlyList<JsonElement> Rows, int RowCount, bool Truncated);

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
        var rows = runner.Rows(input.MaxRows);
        var (connection, call) = runner.Bind(
            new Wanted(input.Statement, input.Sql, input.Parameters, input.Types, input.Connection)
        );
        var results = await runner.RunAsync(connection, [call], readOnly: true, rows, cancellation);
        var found = results[0].Rows ?? [];
        return new Output(found, found.Count, results[0].Truncated);
    }
}
