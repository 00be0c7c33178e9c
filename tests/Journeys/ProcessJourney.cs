namespace Integration.Journeys.Tests;

/// <summary>The main road: from deployment to the end of an instance.</summary>
public sealed class ProcessJourney(Broker broker)
{
    [Fact]
    public async Task A_process_runs_end_to_end()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("Rest"));
        await system.Core.DeployOrderAsync();

        var id = await system.Core.OrderAsync(shop, "lamp");

        var instance = await system.Core.CompletedAsync(id);
        instance.Variables.GetProperty("price").GetInt32().ShouldBe(7);
        instance.Variables.GetProperty("number").GetString().ShouldBe("A-lamp");
        shop.Calls.Select(call => call.Method).ShouldBe(["GET", "POST"]);
        shop.Booked.ShouldBe(["lamp"]);
        (await system.Core.HistoryAsync(id)).ShouldBe([
            "instance.started Start",
            "flow.taken ToAsk",
            "element.entered Ask",
            "task.requested Ask",
            "task.completed Ask",
            "flow.taken ToPlace",
            "element.entered Place",
            "task.requested Place",
            "task.completed Place",
            "flow.taken ToEnd",
            "element.entered End",
            "instance.completed",
        ]);
    }
}
