using Integration.Contracts;
using Integration.Errors;
using Integration.Testing;

namespace Integration.Sdk.Tests.Pipeline;

public sealed class TimeTests
{
    [Fact]
    public async Task A_task_whose_deadline_has_passed_is_not_begun()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);

        var answer = await service.RunAsync(
            "sample.store",
            new { document = "a" },
            request => request with { Deadline = service.Clock.GetUtcNow().AddSeconds(-1) }
        );

        answer.Errored!.Error.Category.ShouldBe(ErrorCategory.Connectivity);
        answer.Errored.Error.Code.ShouldBe("deadline-passed");
        answer.Errored.Error.Retryable.ShouldBeFalse();
        external.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("sample.store", "connectivity deadline-passed")]
    [InlineData("sample.pay", "in-doubt outcome-unknown")]
    public async Task A_call_in_flight_is_cancelled_when_the_deadline_passes(string operation, string error)
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        await using var service = await SampleService.StartAsync(external);
        var request = ServiceHarness.Request(operation, Inputs(operation)) with
        {
            Deadline = service.Clock.GetUtcNow().AddSeconds(10),
        };

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, task => answer = task);
        await external.Reached.Task;
        service.Clock.Advance(TimeSpan.FromSeconds(11));

        (await answer!).Error!.ShouldStartWith(error);
    }

    [Fact]
    public async Task A_call_that_knows_that_its_cancellation_undid_everything_is_not_in_doubt()
    {
        var external = new ExternalSystem
        {
            Behaviour = async (_, cancellation) =>
            {
                try
                {
                    await Task.Delay(-1, cancellation);
                }
                catch (OperationCanceledException e)
                {
                    throw new CancelledWithoutEffectException(e);
                }
            },
        };
        await using var service = await SampleService.StartAsync(external);
        var request = ServiceHarness.Request("sample.pay", Inputs("sample.pay")) with
        {
            Deadline = service.Clock.GetUtcNow().AddSeconds(10),
        };

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, task => answer = task);
        await external.Reached.Task;
        service.Clock.Advance(TimeSpan.FromSeconds(11));

        (await answer!).Error!.ShouldStartWith("connectivity deadline-passed");
    }

    [Fact]
    public async Task A_call_without_deadline_ends_at_the_execution_limit()
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        await using var service = await SampleService.StartAsync(external, "--Pipeline:ExecutionLimit=00:00:30");

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(ServiceHarness.Request("sample.store", new { document = "a" }), task => answer = task);
        await external.Reached.Task;
        service.Clock.Advance(TimeSpan.FromSeconds(31));

        (await answer!).Error!.ShouldStartWith("connectivity timeout");
    }

    [Fact]
    public async Task A_call_in_flight_is_cancelled_when_the_engine_withdraws_the_task()
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        await using var service = await SampleService.StartAsync(external);
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, task => answer = task);
        await external.Reached.Task;
        await service.CancelAsync(request, "The customer changed his mind.");

        var failed = (await answer!).Failed!;
        failed.Error.Code.ShouldBe("cancelled");
        failed.Error.Message.ShouldBe(
            "The customer changed his mind. Its call was in flight and may have had its effect."
        );
    }

    [Fact]
    public async Task A_task_that_was_withdrawn_before_it_came_is_not_begun()
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        await using var service = await SampleService.StartAsync(external);
        var waiting = ServiceHarness.Request("sample.store", new { document = "a" });
        var witness = ServiceHarness.Request("sample.store", new { document = "b" });

        // The control pipe keeps its order: when the second cancellation has had its effect, the first was heard too.
        Task<TaskAnswer>? witnessed = null;
        await service.BeginAsync(witness, task => witnessed = task);
        await external.Reached.Task;
        await service.CancelAsync(waiting);
        await service.CancelAsync(witness);
        await witnessed!;
        var answer = await service.SendAsync(waiting);

        answer.Failed!.Error.Code.ShouldBe("cancelled");
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Operations_that_block_their_threads_run_side_by_side_after_one_commit_of_their_intents()
    {
        using var together = new Barrier(3);
        var met = 0;
        var external = new ExternalSystem
        {
            Behaviour = (_, _) =>
            {
                if (together.SignalAndWait(TimeSpan.FromSeconds(10), CancellationToken.None))
                    Interlocked.Increment(ref met);
                return Task.CompletedTask;
            },
        };
        await using var service = await SampleService.StartAsync(external);

        var answers = new List<Task<TaskAnswer>>();
        for (var i = 0; i < 3; i++)
            await service.BeginAsync(ServiceHarness.Request("sample.pay", new { amount = i }), answers.Add);

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Completed != null);
        met.ShouldBe(3);
    }

    private static object Inputs(string operation) =>
        operation == "sample.pay" ? new { amount = 1 } : new { document = "a" };
}
