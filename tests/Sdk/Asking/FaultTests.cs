using Integration.Contracts;
using Integration.Hosting;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests.Asking;

/// <summary>Operations that ask wrongly are told so, by step.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("Reserve", "stock.reserve", "is no name for a step")]
    [InlineData("", "stock.reserve", "is no name for a step")]
    [InlineData("a-step-with-a-name-that-is-longer-than-anybody-would-want-to-read-it", "stock.reserve", "is no name")]
    [InlineData("pay", "bill.pay", "[Asks(\"bill.pay\")]")]
    public async Task A_question_that_is_not_declared_or_has_no_proper_name_is_a_fault_of_the_operation(
        string step,
        string operation,
        string message
    )
    {
        var error = await ErrorOfAsync((task, _, stop) => task.AskAsync(step, operation, 1, new { }, stop));

        error.Category.ShouldBe(ErrorCategory.Internal);
        error.Code.ShouldBe("asked-wrongly");
        error.Retryable.ShouldBe(false);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_step_that_asks_something_else_in_the_next_run_is_a_fault_that_names_the_step()
    {
        var error = await ErrorOfAsync(
            (task, run, stop) => task.AskAsync("reserve", "stock.reserve", 1, new { article = $"a{run}" }, stop)
        );

        error.Code.ShouldBe("asked-wrongly");
        error.Message.ShouldContain("'reserve'");
    }

    [Fact]
    public async Task A_step_that_is_asked_twice_in_one_run_is_a_fault()
    {
        var error = await ErrorOfAsync(
            async (task, _, stop) =>
            {
                await task.AskAsync("reserve", "stock.reserve", 1, new { article = "a" }, stop);
                await task.AskAsync("reserve", "stock.reserve", 1, new { article = "a" }, stop);
            }
        );

        error.Code.ShouldBe("asked-wrongly");
        error.Message.ShouldContain("asked twice");
    }

    [Fact]
    public async Task Inputs_that_no_service_would_take_are_an_error_and_nothing_waits()
    {
        var large = new { article = new string('x', Limits.Body) };

        (
            await ErrorOfAsync((task, _, stop) => task.AskAsync("reserve", "stock.reserve", 1, large, stop))
        ).Code.ShouldBe(ErrorCodes.MessageTooLarge);
        (
            await ErrorOfAsync((task, _, stop) => task.AskAsync("reserve", "stock.reserve", 1, "text", stop))
        ).Code.ShouldBe(ErrorCodes.MalformedMessage);
        (
            await ErrorOfAsync((task, _, stop) => task.AskAsync("reserve", "stock.reserve", 0, new { }, stop))
        ).Code.ShouldBe(ErrorCodes.MalformedMessage);
    }

    [Fact]
    public async Task The_value_of_a_secret_does_not_leave_in_a_question()
    {
        await using var service = await AskingService.StartAsync();
        service.Services.GetRequiredService<SecretMask>().Add("open-sesame");

        var answer = await service.RunAsync("sample.order", new { article = "open-sesame" });

        answer.Errored!.Error.Code.ShouldBe("secret-in-inputs");
        answer.Errored.Error.Message.ShouldContain("'reserve'");
        service.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operation_whose_own_call_may_happen_only_once_does_not_ask()
    {
        await using var service = await AskingService.StartAsync();

        var answer = await service.RunAsync("sample.free", new { once = true });

        answer.Errored!.Error.Code.ShouldBe("asked-wrongly");
        answer.Errored.Error.Message.ShouldContain("Once");
        var refused = Should.Throw<ArgumentException>(() => OperationDescription.Of(typeof(OnceAndAsks)));
        refused.Message.ShouldContain("Effect.Idempotent");
    }

    [Fact]
    public void A_name_that_is_no_operations_is_refused_at_start() =>
        Should
            .Throw<ArgumentException>(() => OperationDescription.Of(typeof(AsksNobody)))
            .Message.ShouldContain("'Stock Reserve'");

    [Fact]
    public async Task A_pipe_that_would_take_the_answers_is_refused_at_start() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                ServiceHarness.StartAsync(builder => builder.AddOperation<AsksInResults>())
            )
        ).Message.ShouldContain("give it another pipe");

    private static async Task<ErrorInfo> ErrorOfAsync(Func<TaskContext, int, CancellationToken, Task> ask)
    {
        await using var service = await AskingService.StartAsync(questions: new FreeQuestions { Ask = ask });
        return (await service.RunAsync("sample.free", new { })).Errored!.Error;
    }

    [Operation("sample.once-and-asks")]
    [Asks("stock.reserve")]
    private sealed class OnceAndAsks : Nothing;

    [Operation("sample.asks-nobody", Effect = Effect.Read)]
    [Asks("Stock Reserve")]
    private sealed class AsksNobody : Nothing;

    [Operation("sample.asks-in-results", Effect = Effect.Read, Pipe = "results")]
    [Asks("stock.reserve")]
    private sealed class AsksInResults : Nothing;

    private abstract class Nothing : Operation<Nothing.Input, Nothing.Output>
    {
        public sealed record Input;

        public sealed record Output;

        public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(new Output());
    }
}
