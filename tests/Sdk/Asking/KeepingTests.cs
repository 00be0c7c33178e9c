using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>How long waiting tasks are remembered.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task A_task_that_waits_longer_than_the_journal_remembers_is_completed_all_the_same()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("bill.pay", _ => InnerAnswer.Nothing);
        var answer = await BeginAsync(service, "sample.order", new { article = "lamp" });
        await Eventually.TrueAsync(() => service.Asked.Count == 2);

        (await PurgeAsync(service)).ShouldBe(0);
        await service.TellAsync(service.Asked.Last(), InnerAnswer.Completed(new { receipt = "late" }));

        (await answer).Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "late"));
        await Eventually.TrueAsync(async () =>
            await PurgeAsync(service) == 0 && await WaitingAsync(service, await answer) == 0
        );
    }

    [Fact]
    public async Task A_task_that_waits_for_nothing_because_it_failed_is_forgotten_like_its_error()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Rejected("UNKNOWN_HERE"));
        var failed = await service.RunAsync("sample.order", new { article = "lamp" });
        failed.Errored.ShouldNotBeNull();
        (await WaitingAsync(service, failed)).ShouldBe(1, "a retry finds the answers");

        (await PurgeAsync(service)).ShouldBe(1);

        (await WaitingAsync(service, failed)).ShouldBe(0);
    }

    private static Task<int> PurgeAsync(ServiceHarness service) =>
        service
            .Services.GetRequiredService<AskedTasks>()
            .PurgeAsync(service.Clock.GetUtcNow() + TimeSpan.FromDays(31), 100, CancellationToken.None);

    private static async Task<int> WaitingAsync(ServiceHarness service, TaskAnswer answer) =>
        (
            await service
                .Services.GetRequiredService<AskedTasks>()
                .WaitingAsync(replyTo: null, answer.Request.TaskId, CancellationToken.None)
        ).Count;
}
