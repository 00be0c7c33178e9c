using System.ComponentModel.DataAnnotations;
using System.Diagnostics;

namespace Integration.Sdk.Tests;

[Operation("sample.greet", Effect = Effect.Read)]
public sealed class Greet : Operation<Greet.Input, Greet.Output>
{
    public sealed record Input(
        string Name,
        Tone Tone = Tone.Kind,
        [Range(1, 3)] int Times = 1,
        Address? Address = null
    );

    public sealed record Address(
        string City,
        [RegularExpression("^[0-9]{5}$", ErrorMessage = "{0} must have five digits.")] string? Zip = null
    );

    public sealed record Output(string Text, string? TraceId);

    public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
        Task.FromResult(
            new Output(
                string.Concat(Enumerable.Repeat($"Hello, {input.Name}!", input.Times)),
                Activity.Current?.TraceId.ToString()
            )
        );
}

public enum Tone
{
    Kind,
    VeryKind,
}

[Operation("sample.store", Effect = Effect.Idempotent)]
public sealed class Store(ExternalSystem external) : Operation<Store.Input, Store.Output>
{
    public sealed record Input(string Document);

    public sealed record Output(int Call);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        await external.CallAsync(task.IdempotencyKey, cancellation);
        return new Output(external.Calls);
    }
}

[Operation("sample.pay", Effect = Effect.Once)]
public sealed class Pay(ExternalSystem external) : Operation<Pay.Input, Pay.Output>
{
    public sealed record Input(decimal Amount);

    public sealed record Output(int Call);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        await external.CallAsync(task.TaskId, honoursKey: false, cancellation);
        return new Output(external.Calls);
    }
}

[Operation("sample.big", Effect = Effect.Read)]
public sealed class Big : Operation<Big.Input, Big.Output>
{
    public sealed record Input(int Size);

    public sealed record Output(string Text);

    public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
        Task.FromResult(new Output(new string('x', input.Size)));
}

/// <summary>Calls a target, and does not answer before it does.</summary>
[Operation("sample.call", Effect = Effect.Idempotent)]
public sealed class Call(ExternalSystem external) : Operation<Call.Input, Call.Output>
{
    public sealed record Input(string Target, bool Once = false);

    public sealed record Output(int Call);

    public override Effect EffectOf(Input input, Effect declared) => input.Once ? Effect.Once : declared;

    public override string? TargetOf(Input input) => input.Target;

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        await external.CallAsync(task.TaskId, cancellation);
        return new Output(external.Calls);
    }
}
