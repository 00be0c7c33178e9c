using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Api;

public sealed class SliceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_deployed_process_runs_to_its_end()
    {
        await using var bus = new TestBus();
        await using var core = await Core.StartAsync($"Data Source={_folder.Combine("core.db")}", bus);
        await core.DeployAsync(
            new Drawing().Start().Service("Call", inputs: [("id", "=orderId")]).End().Flow("Start", "Call", "End")
        );

        var instance = await core.BeginAsync(variables: new { orderId = 7 });
        await Eventually.TrueAsync(() => bus.Requests.Count == 1);
        bus.Requests[0].Inputs.GetProperty("id").GetInt32().ShouldBe(7);
        await bus.CompleteAsync(bus.Requests[0], new { answer = 42 });

        var shown = await core.ShowAsync(instance);
        shown.GetProperty("state").GetString().ShouldBe("completed");
        shown.GetProperty("variables").GetProperty("answer").GetInt32().ShouldBe(42);
        (await core.HistoryAsync(instance)).ShouldBe([
            "instance.started",
            "flow.taken",
            "element.entered",
            "task.requested",
            "task.completed",
            "flow.taken",
            "element.entered",
            "instance.completed",
        ]);
    }
}
