using Integration.Testing;

namespace Integration.Sdk.Tests.Asking;

/// <summary>The rows about tasks within tasks in docs/explanation/reliability.md.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(PipelineStep.Received)]
    [InlineData(PipelineStep.Admitted)]
    [InlineData(PipelineStep.Asked)]
    [InlineData(PipelineStep.InnerPublished)]
    [InlineData(PipelineStep.AnswerTaken)]
    [InlineData(PipelineStep.AnswerRecorded)]
    [InlineData(PipelineStep.Executed)]
    [InlineData(PipelineStep.Recorded)]
    [InlineData(PipelineStep.Published)]
    public async Task A_task_that_asks_is_completed_and_has_asked_for_each_task_once_wherever_its_process_dies(
        PipelineStep step
    )
    {
        var external = new ExternalSystem();
        await using var service = await AskingService.StartAsync(external);
        service.CrashAt(step);

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        service.Starts.ShouldBe(2, "the process must have died, or the test proves nothing");
        answer.Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        // A question may be sent twice; it is the same task then, which its service does once.
        service.Asked.DistinctBy(asked => asked.TaskId).Count().ShouldBe(2);
        external.Effects.ShouldBe(1);
    }

    [Theory]
    [InlineData("test-engine")]
    [InlineData("second-engine")]
    public async Task Every_run_of_a_task_has_the_same_idempotency_key(string engine)
    {
        var external = new ExternalSystem();
        await using var service = await AskingService.StartAsync(external);
        (await service.RunAsync("sample.free", new { })).Completed.ShouldNotBeNull();
        service.CrashAt(PipelineStep.AnswerRecorded);

        var answer = await service.RunAsync(
            "sample.order",
            new { article = "lamp" },
            request => request with { ReplyTo = engine }
        );

        answer.Completed.ShouldNotBeNull();
        external.Calls.ShouldBeGreaterThanOrEqualTo(3);
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_waits_through_a_restart()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var answer = await AskingTests.BeginAsync(service, "sample.order", new { article = "lamp" });
        await Fixtures.Eventually.TrueAsync(() => service.Asked.Count == 1);

        await service.StopAsync();
        await service.TellAsync(service.Asked.Single(), AskingService.Reserve(service.Asked.Single()));
        await service.RestartAsync();

        (await answer).Outputs<PlaceOrder.Output>().Receipt.ShouldBe("B-1");
        service.Asked.DistinctBy(asked => asked.TaskId).Count().ShouldBe(2);
    }
}
