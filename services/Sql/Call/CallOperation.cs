using System.Text.Json;
using Integration.Errors;
using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Call;

/// <summary>Calls a function or a procedure of a database.</summary>
/// <remarks>Arguments go by name; one that is optional and left out gets the default value that it has in the database.</remarks>
[Operation("sql.call", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(Runner))]
internal sealed class CallOperation(Runner runner) : Operation<CallOperation.Input, CallOperation.Output>
{
    /// <summary>A routine of the configuration, and its arguments.</summary>
    /// <param name="Routine">Name of a statement in the service's configuration that is a function or a procedure.</param>
    /// <param name="Parameters">A value for each argument; an optional one may be left out.</param>
    public sealed record Input(string Routine, IReadOnlyDictionary<string, JsonElement>? Parameters = null);

    /// <summary>What came back.</summary>
    /// <param name="Rows">An object per row; of a procedure one with its out parameters, if it has any.</param>
    /// <param name="RowCount">How many there are.</param>
    /// <param name="Result">The value, when it returned one row with one column and that is not null.</param>
    public sealed record Output(IReadOnlyList<JsonElement> Rows, int RowCount, JsonElement? Result = null);

    /// <summary>The effect that is configured for the routine counts.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return runner.Find(input.Routine)?.Effect ?? declared;
    }

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return runner.Target(input.Routine, null);
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        var (statement, call) = runner.BindRoutine(input.Routine, input.Parameters);
        var results = await runner.RunAsync(
            statement.Connection,
            [call],
            readOnly: task.Effect == Effect.Read,
            runner.Rows(null),
            cancellation
        );
        var rows = results[0].Rows ?? [];
        return new Output(rows, rows.Count, Single(rows));
    }

    private static JsonElement? Single(IReadOnlyList<JsonElement> rows)
    {
        if (rows.Count != 1 || rows[0].GetPropertyCount() != 1)
            return null;
        var value = rows[0].EnumerateObject().First().Value;
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }
}
