using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk.Tests.Asking;

/// <summary>Notes the order in a system of its own, then reserves, then has it paid: each step by another service.</summary>
[Operation("sample.order", Effect = Effect.Idempotent)]
[Asks("stock.reserve")]
[Asks("bill.pay")]
[Raises(ErrorCategory.Business, "SOLD_OUT", "Nothing is left.", "Nothing: the process knows.")]
[Raises(ErrorCategory.Connectivity, "reset", "The connection was lost.", "It is retried.")]
public sealed class PlaceOrder(ExternalSystem external) : Operation<PlaceOrder.Input, PlaceOrder.Output>
{
    public sealed record Input(
        string Article,
        bool WithoutPayment = false,
        bool Swallows = false,
        bool Forgives = false
    );

    public sealed record Output(string Reservation, string? Receipt);

    public sealed record Reserved(string Reservation);

    public sealed record Paid(string Receipt);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        await external.CallAsync(task.IdempotencyKey, cancellation);
        try
        {
            return await OrderAsync(input, task, cancellation);
        }
        catch (Exception) when (input.Swallows)
        {
            return new Output("swallowed", null);
        }
        catch (InnerTaskFailedException e) when (input.Forgives)
        {
            return new Output("forgiven", e.Step);
        }
        catch (InnerTaskRejectedException e) when (input.Forgives)
        {
            return new Output("forgiven", e.Error.Code);
        }
    }

    private static async Task<Output> OrderAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        var reserved = await task.AskAsync<Reserved>(
            "reserve",
            "stock.reserve",
            1,
            new { article = input.Article },
            cancellation
        );
        if (input.WithoutPayment)
            return new Output(reserved.Reservation, null);
        var paid = await task.AskAsync<Paid>(
            "pay",
            "bill.pay",
            1,
            new { reservation = reserved.Reservation },
            cancellation
        );
        return new Output(reserved.Reservation, paid.Receipt);
    }
}

/// <summary>Asks several at once.</summary>
[Operation("sample.compare", Effect = Effect.Read)]
[Asks("stock.reserve")]
public sealed class Compare : Operation<Compare.Input, Compare.Output>
{
    public sealed record Input(IReadOnlyList<string> Articles);

    public sealed record Output(IReadOnlyList<string> Reservations);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        var reserved = await Task.WhenAll(
            input.Articles.Select(article =>
                task.AskAsync<PlaceOrder.Reserved>($"ask-{article}", "stock.reserve", 1, new { article }, cancellation)
            )
        );
        return new Output([.. reserved.Select(one => one.Reservation)]);
    }
}

/// <summary>Has an order placed by an operation that asks itself.</summary>
[Operation("sample.journey", Effect = Effect.Idempotent)]
[Asks("sample.order")]
public sealed class Journey : Operation<Journey.Input, PlaceOrder.Output>
{
    public sealed record Input(string Article);

    public override Task<PlaceOrder.Output> ExecuteAsync(
        Input input,
        TaskContext task,
        CancellationToken cancellation
    ) => task.AskAsync<PlaceOrder.Output>("order", "sample.order", 1, new { article = input.Article }, cancellation);
}

/// <summary>Asks whatever it is made to ask: for faults of operations.</summary>
[Operation("sample.free", Effect = Effect.Read)]
[Asks("stock.reserve")]
[Asks("sample.greet")]
public sealed class Free(FreeQuestions questions) : Operation<Free.Input, Free.Output>
{
    public sealed record Input(bool Once = false);

    public sealed record Output(int Runs);

    public override Effect EffectOf(Input input, Effect declared) => input.Once ? Effect.Once : declared;

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        questions.Runs++;
        await questions.Ask(task, questions.Runs, cancellation);
        return new Output(questions.Runs);
    }
}

public sealed class FreeQuestions
{
    public int Runs { get; set; }

    public Func<TaskContext, int, CancellationToken, Task> Ask { get; set; } = (_, _, _) => Task.CompletedTask;
}
