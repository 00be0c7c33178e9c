using Integration.Contracts;
using Integration.Errors;
using Integration.Testing;

namespace Integration.Sdk.Tests.Pipeline;

/// <summary>The rows of "the process dies between step A and step B" in docs/explanation/reliability.md.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(PipelineStep.Received, 1)]
    [InlineData(PipelineStep.Admitted, 1)]
    [InlineData(PipelineStep.Executed, 2)]
    [InlineData(PipelineStep.Recorded, 1)]
    [InlineData(PipelineStep.Published, 1)]
    public async Task An_idempotent_task_is_completed_with_one_effect_wherever_the_process_dies(
        PipelineStep step,
        int calls
    )
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(step);

        var answer = await service.RunAsync("sample.store", new { document = "a" });

        service.Starts.ShouldBe(2, "the process must have died, or the test proves nothing");
        answer.Completed.ShouldNotBeNull(answer.Error);
        external.Calls.ShouldBe(calls);
        external.Effects.ShouldBe(1);
    }

    [Theory]
    [InlineData(PipelineStep.Received)]
    [InlineData(PipelineStep.Admitted)]
    [InlineData(PipelineStep.Recorded)]
    [InlineData(PipelineStep.Published)]
    public async Task A_once_task_is_completed_with_one_effect_when_the_outcome_of_its_call_is_known(PipelineStep step)
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(step);

        var answer = await service.RunAsync("sample.pay", new { amount = 1 });

        service.Starts.ShouldBe(2, "the process must have died, or the test proves nothing");
        answer.Completed.ShouldNotBeNull(answer.Error);
        external.Effects.ShouldBe(1);
    }

    [Theory]
    [InlineData(PipelineStep.Intended, 0)]
    [InlineData(PipelineStep.Executed, 1)]
    public async Task A_once_task_is_in_doubt_when_the_process_died_around_its_call(PipelineStep step, int effects)
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(step);

        var answer = await service.RunAsync("sample.pay", new { amount = 1 });

        service.Starts.ShouldBe(2, "the process must have died, or the test proves nothing");
        answer.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        answer.Errored.Error.Message.ShouldContain("look in the target system");
        external.Effects.ShouldBe(effects);
    }

    [Fact]
    public async Task A_task_in_doubt_is_executed_again_only_when_somebody_decides_so()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(PipelineStep.Intended);
        var doubt = await service.RunAsync("sample.pay", new { amount = 1 });

        var again = await service.RedeliverAsync(doubt);
        var decided = await service.RetryAsync(doubt);

        again.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        decided.Completed.ShouldNotBeNull();
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_by_somebody_who_did_not_know_of_the_doubt_is_in_doubt_again()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(PipelineStep.Executed);
        var doubt = await service.RunAsync("sample.pay", new { amount = 1 });

        var again = await service.SendAsync(doubt.Request with { Attempt = 2 });

        doubt.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        again.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        again.Errored.Attempt.ShouldBe(2);
        external.Effects.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, "in-doubt outcome-unknown")]
    [InlineData(false, "connectivity reset")]
    public async Task A_failure_of_a_once_call_is_in_doubt_unless_it_is_known_that_nothing_happened(
        bool effectUnknown,
        string error
    )
    {
        var external = new ExternalSystem
        {
            Behaviour = (_, _) =>
                throw new ConnectivityErrorException("reset", "The connection was reset.")
                {
                    EffectUnknown = effectUnknown,
                },
        };
        await using var service = await SampleService.StartAsync(external);

        var answer = await service.RunAsync("sample.pay", new { amount = 1 });

        answer.Error!.ShouldStartWith(error);
    }

    [Fact]
    public async Task What_is_in_flight_at_the_end_of_a_graceful_stop_is_finished()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        await using var service = await SampleService.StartAsync(external, "--Pipeline:ShutdownGrace=00:00:20");

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(ServiceHarness.Request("sample.pay", new { amount = 1 }), task => answer = task);
        await external.Reached.Task;
        var restart = service.RestartAsync();
        release.SetResult();
        await restart;

        (await answer!).Completed!.Replayed.ShouldBeFalse();
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_flight_when_the_patience_ends_goes_back_to_the_queue()
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, cancellation) => call == 1 ? Task.Delay(-1, cancellation) : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external);

        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(ServiceHarness.Request("sample.store", new { document = "a" }), task => answer = task);
        await external.Reached.Task;
        await service.RestartAsync();

        (await answer!).Outputs<Store.Output>().Call.ShouldBe(2);
        external.Effects.ShouldBe(1);
    }
}
