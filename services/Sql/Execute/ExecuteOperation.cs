using System.Text.Json;
using Integration.Errors;
using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Execute;

/// <summary>Changes a database: one statement or several, in one transaction.</summary>
/// <remarks>
/// A change that fails before its commit is undone, and retried like a read. When the connection is lost while the commit is on its
/// way, the server is asked what became of it.
/// </remarks>
[Operation("sql.execute", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(Runner))]
internal sealed class ExecuteOperation(Runner runner) : Operation<ExecuteOperation.Input, ExecuteOperation.Output>
{
    /// <summary>Most statements in a transaction.</summary>
    private const int MaxSteps = 100;

    /// <summary>A named statement, several steps, or SQL of the task's own.</summary>
    /// <param name="Statement">Name of a statement in the service's configuration.</param>
    /// <param name="Parameters">A value for each of its parameters.</param>
    /// <param name="Steps">Up to 100 statements instead, all on one connection, which all succeed or all have no effect.</param>
    /// <param name="Sql">SQL of the task's own instead of a named statement, where the connection allows it.</param>
    /// <param name="Types">Types of the parameters in <paramref name="Sql"/>; without one the database infers it.</param>
    /// <param name="Connection">Where <paramref name="Sql"/> runs. The default value is <c>default</c>.</param>
    public sealed record Input(
        string? Statement = null,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        IReadOnlyList<Step>? Steps = null,
        string? Sql = null,
        IReadOnlyDictionary<string, string>? Types = null,
        string? Connection = null
    );

    /// <summary>One of several statements.</summary>
    /// <param name="Statement">Its name.</param>
    /// <param name="Parameters">A value for each of its parameters.</param>
    /// <param name="Sql">SQL instead.</param>
    /// <param name="Types">Types of the parameters in <paramref name="Sql"/>.</param>
    public sealed record Step(
        string? Statement = null,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? Sql = null,
        IReadOnlyDictionary<string, string>? Types = null
    );

    /// <summary>What was changed.</summary>
    /// <param name="Affected">How many rows, of all steps together.</param>
    /// <param name="Rows">What the statement returned (RETURNING); absent with steps.</param>
    /// <param name="Steps">What came of each step; absent without steps.</param>
    public sealed record Output(
        long Affected,
        IReadOnlyList<JsonElement>? Rows = null,
        IReadOnlyList<StepOutput>? Steps = null
    );

    /// <summary>What a step changed.</summary>
    /// <param name="Affected">How many rows.</param>
    /// <param name="Rows">What the statement returned.</param>
    public sealed record StepOutput(long Affected, IReadOnlyList<JsonElement> Rows);

    /// <summary>The most cautious effect of its statements counts, as they are configured; SQL of the task's own is <c>once</c>.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        // The most cautious of them. What is not known is refused later, and is Once until then.
        return Names(input).Select(name => name is null ? null : runner.Find(name)).Max(one => one?.Effect ?? declared);
    }

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return runner.Target(Names(input).First(), input.Connection);
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        var bound = Wanted(input).Select(runner.Bind).ToList();
        var connection = bound[0].Connection;
        if (
            bound.FindIndex(one => !one.Connection.Equals(connection, StringComparison.OrdinalIgnoreCase))
            is var other
                and > 0
        )
            throw InvalidInput.At(
                $"steps[{other}]",
                $"runs on '{bound[other].Connection}' and steps[0] on '{connection}'. A transaction has one database."
            );
        var results = await runner.RunAsync(
            connection,
            [.. bound.Select(one => one.Call)],
            readOnly: task.Effect == Effect.Read,
            runner.Rows(null),
            cancellation
        );
        return new Output(
            results.Sum(result => result.Affected),
            input.Steps is null ? results[0].Rows ?? [] : null,
            input.Steps is null ? null : [.. results.Select(one => new StepOutput(one.Affected, one.Rows ?? []))]
        );
    }

    private static IEnumerable<string?> Names(Input input) =>
        input.Steps is { Count: > 0 } steps ? steps.Select(step => step?.Statement) : [input.Statement];

    private static IEnumerable<Wanted> Wanted(Input input)
    {
        if (input.Steps is null)
            return [new Wanted(input.Statement, input.Sql, input.Parameters, input.Types, input.Connection)];
        if (input.Steps.Count is 0 or > MaxSteps)
            throw InvalidInput.At("steps", $"must be between 1 and {MaxSteps}.");
        if ((input.Statement ?? input.Sql) is not null || input.Parameters is not null || input.Types is not null)
            throw InvalidInput.At(
                "steps",
                "is given beside statement, sql, parameters or types. Each step has its own."
            );
        return input.Steps.Select(
            (step, i) =>
                step is null
                    ? throw InvalidInput.At($"steps[{i}]", "is null.")
                    : new Wanted(
                        step.Statement,
                        step.Sql,
                        step.Parameters,
                        step.Types,
                        input.Connection,
                        $"steps[{i}]."
                    )
        );
    }
}
