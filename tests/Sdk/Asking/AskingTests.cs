using System.Diagnostics;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Sdk.Tests.Asking;

/// <summary>An operation may ask another service, and waits without holding anything.</summary>
public sealed class AskingTests
{
    [Fact]
    public async Task An_operation_goes_on_with_the_answers_of_the_services_that_it_asks()
    {
        var external = new ExternalSystem();
        await using var service = await AskingService.StartAsync(external);

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        service.Asked.Select(asked => asked.Operation).ShouldBe(["stock.reserve", "bill.pay"]);
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task The_inner_task_carries_its_parent_and_what_the_outer_one_knows()
    {
        await using var service = await AskingService.StartAsync();
        var deadline = service.Clock.GetUtcNow() + TimeSpan.FromMinutes(3);

        var answer = await service.RunAsync(
            "sample.order",
            new { article = "lamp" },
            request =>
                request with
                {
                    Deadline = deadline,
                    Tenant = "north",
                    Process = new ProcessReference("42", "orders", "Order", "CR-17"),
                }
        );

        var inner = service.Asked.First();
        inner.Parent.ShouldBe(new ParentTask(answer.Request.TaskId, answer.Request.ReplyTo, "sample.order"));
        inner.ReplyTo.ShouldBe("test-service");
        inner.Deadline.ShouldBe(deadline);
        inner.Tenant.ShouldBe("north");
        inner.Process.ShouldBe(answer.Request.Process);
        inner.Attempt.ShouldBe(1);
        Guid.TryParse(inner.TaskId, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task One_trace_goes_through_the_inner_task()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Integration", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        string? inner = null;
        string? outerAgain = null;
        var questions = new FreeQuestions
        {
            Ask = async (task, _, stop) =>
            {
                inner = (
                    await task.AskAsync<Greet.Output>("greet", "sample.greet", 1, new { name = "Ada" }, stop)
                ).TraceId;
                outerAgain = Activity.Current?.TraceId.ToString();
            },
        };
        await using var service = await AskingService.StartAsync(questions: questions);
        using var source = new ActivitySource("Integration.Tests");

        using var engine = source.StartActivity("engine")!;
        (await service.RunAsync("sample.free", new { })).Completed.ShouldNotBeNull();

        inner.ShouldBe(engine.TraceId.ToString());
        outerAgain.ShouldBe(inner);
    }

    [Fact]
    public async Task Several_steps_that_are_asked_at_once_are_answered_in_any_order()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);

        var answer = await BeginAsync(service, "sample.compare", new { articles = new[] { "a", "b", "c" } });
        await Eventually.TrueAsync(() => service.Asked.Count == 3);
        foreach (var asked in service.Asked.Reverse())
        {
            answer.IsCompleted.ShouldBeFalse();
            await service.TellAsync(asked, AskingService.Reserve(asked));
        }

        (await answer).Outputs<Compare.Output>().Reservations.ShouldBe(["R-a", "R-b", "R-c"]);
        service.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_waiting_task_that_comes_again_asks_nothing_twice()
    {
        var external = new ExternalSystem();
        await using var service = await AskingService.StartAsync(external);
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" });

        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        await BeginAsync(service, request);
        await Eventually.TrueAsync(() => external.Calls == 2);
        var retried = await BeginAsync(service, request with { Attempt = 2 });
        await Eventually.TrueAsync(() => external.Calls == 3);
        await service.TellAsync(service.Asked.Single(), InnerAnswer.Completed(new { reservation = "R-1" }));

        (await answer).Completed!.Attempt.ShouldBe(2, "the latest attempt is answered");
        service.Asked.Count(asked => asked.Operation == "stock.reserve").ShouldBe(1);
        retried.IsCompleted.ShouldBeFalse("one answer is enough");
    }

    [Fact]
    public async Task An_answer_that_is_told_twice_changes_nothing()
    {
        await using var service = await AskingService.StartAsync();
        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        foreach (var asked in service.Asked.ToList())
            await service.TellAsync(asked, InnerAnswer.Completed(new { reservation = "other", receipt = "other" }));
        var again = await service.RedeliverAsync(answer);

        again.Completed!.Replayed.ShouldBeTrue();
        again.Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        service.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_operation_that_swallows_everything_waits_all_the_same()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);

        var answer = await BeginAsync(service, "sample.order", new { article = "lamp", swallows = true });
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        await service.TellAsync(service.Asked.Single(), AskingService.Reserve(service.Asked.Single()));

        (await answer).Outputs<PlaceOrder.Output>().Receipt.ShouldBe("B-1");
    }

    [Fact]
    public async Task A_task_may_be_asked_for_that_asks_itself()
    {
        await using var service = await AskingService.StartAsync();

        var answer = await service.RunAsync("sample.journey", new { article = "lamp" });

        answer.Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        service.Asked.First().Parent!.ReplyTo.ShouldBe("test-service");
        service.Asked.First().Parent!.Operation.ShouldBe("sample.order");
    }

    internal static Task<Task<TaskAnswer>> BeginAsync(ServiceHarness service, string operation, object inputs) =>
        BeginAsync(service, ServiceHarness.Request(operation, inputs));

    internal static async Task<Task<TaskAnswer>> BeginAsync(ServiceHarness service, TaskRequested request)
    {
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, task => answer = task);
        return answer!;
    }
}
