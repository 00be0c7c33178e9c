using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>Cancellation and deadline go down.</summary>
public sealed class WithdrawalTests
{
    [Theory]
    [InlineData("sample.order", false)]
    [InlineData("sample.order", true)]
    [InlineData("sample.journey", false)]
    [InlineData("sample.journey", true)]
    public async Task A_task_that_is_withdrawn_while_it_waits_ends_and_withdraws_what_it_waits_for(
        string operation,
        bool whileNobodyRuns
    )
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request(operation, new { article = "lamp" });
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);

        if (whileNobodyRuns)
            await service.StopAsync();
        await service.CancelAsync(request, "The customer has changed his mind.");
        if (whileNobodyRuns)
            await service.RestartAsync();

        var failed = (await answer).Failed!;
        failed.Error.Code.ShouldBe(ErrorCodes.Cancelled);
        failed.Error.Message.ShouldContain("changed his mind");
        await Eventually.TrueAsync(() => service.Withdrawn.Any(one => one.TaskId == service.Asked.Single().TaskId));
        service.Withdrawn.First().ReplyTo.ShouldBe("test-service");
        service.Withdrawn.First().Operation.ShouldBe("stock.reserve");
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_withdrawal_changes_nothing()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" });
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        await service.CancelAsync(request);
        (await answer).Failed.ShouldNotBeNull();

        var asked = service.Asked.Single();
        await service.TellAsync(asked, AskingService.Reserve(asked));
        (await service.RedeliverAsync(await answer)).Failed!.Error.Code.ShouldBe(ErrorCodes.Cancelled);

        service.Asked.Count.ShouldBe(1, "the second step is not asked for any more");
    }

    [Fact]
    public async Task An_answer_after_the_deadline_ends_a_task_that_needs_nothing_more()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp", withoutPayment = true }) with
        {
            Deadline = service.Clock.GetUtcNow() + TimeSpan.FromMinutes(1),
        };
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);

        await UntilItWaitsAsync(service, request);
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        await service.TellAsync(service.Asked.Single(), AskingService.Reserve(service.Asked.Single()));

        (await answer).Outputs<PlaceOrder.Output>().Reservation.ShouldBe("R-lamp");
    }

    [Fact]
    public async Task Nothing_is_asked_for_after_the_deadline_until_somebody_gives_the_task_more_time()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var deadline = service.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" }) with { Deadline = deadline };
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);

        await UntilItWaitsAsync(service, request);
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        await service.TellAsync(service.Asked.Single(), AskingService.Reserve(service.Asked.Single()));
        var late = await answer;
        var more = await service.SendAsync(
            request with
            {
                Attempt = 2,
                Deadline = service.Clock.GetUtcNow() + TimeSpan.FromMinutes(1),
            }
        );

        late.Errored!.Error.Code.ShouldBe(ErrorCodes.DeadlinePassed);
        late.Errored.Error.Message.ShouldContain("'pay'");
        late.Errored.Error.Retryable.ShouldBe(false);
        more.Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        service.Asked.Count.ShouldBe(2, "the first step is not asked for again");
    }

    [Fact]
    public async Task A_task_that_has_asked_and_comes_again_after_its_deadline_waits_on()
    {
        var questions = new FreeQuestions
        {
            Ask = async (task, run, stop) =>
            {
                try
                {
                    await task.AskAsync("reserve", "stock.reserve", 1, new { article = "lamp" }, stop);
                }
                catch (TaskWaitsException) when (run == 1)
                {
                    // Until the process ends: the delivery comes again.
                    await Task.Delay(Timeout.Infinite, stop);
                }
            },
        };
        await using var service = await AskingService.StartAsync(questions: questions);
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.free", new { }) with
        {
            Deadline = service.Clock.GetUtcNow() + TimeSpan.FromMinutes(1),
        };
        var answer = await BeginAsync(service, request);
        await UntilItWaitsAsync(service, request);

        await service.StopAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        await service.RestartAsync();
        await Eventually.TrueAsync(() => questions.Runs == 2);
        await service.TellAsync(service.Asked.First(), AskingService.Reserve(service.Asked.First()));

        (await answer).Completed.ShouldNotBeNull();
    }

    /// <summary>The question is out, and the run that asked it has nothing more to do.</summary>
    private static Task UntilItWaitsAsync(ServiceHarness service, TaskRequested request) =>
        Eventually.TrueAsync(async () =>
        {
            var tasks = service.Services.GetRequiredService<AskedTasks>();
            var (_, asked) = await tasks.LoadAsync(TaskIdentity.Of(request), CancellationToken.None);
            return asked.Any(one => one.State == AskedState.Open);
        });
}
