namespace Integration.Journeys.Tests;

/// <summary>Nobody waits any more.</summary>
public sealed class CancelJourney(Broker broker)
{
    [Fact]
    public async Task Cancelling_an_instance_hangs_up_on_the_target_that_is_being_asked()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.KeepWaiting();
        var id = await system.Core.OrderAsync(shop, "lamp");
        await shop.UntilWaitingAsync(1);

        var cancelled = await system.Core.CancelAsync(id);

        cancelled.State.ShouldBe("cancelled");
        await Eventually.TrueAsync(() => shop.HungUp.Count == 1, Api.Patience);
        shop.Calls.Count.ShouldBe(1);
        (await system.Core.HistoryAsync(id)).ShouldContain("task.cancelled Ask");
        (await system.Treatment.FailuresAsync(new() { State = "parked" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_an_instance_closes_what_error_treatment_holds_of_it()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.Status = 400;
        var id = await system.Core.OrderAsync(shop, "lamp");
        await system.Core.IncidentAsync(id, "parked");

        await system.Core.CancelAsync(id);

        await system.Treatment.SingleAsync("cancelled");
        (await system.Core.IncidentsAsync()).ShouldBeEmpty();
    }
}
