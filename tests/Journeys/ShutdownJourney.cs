namespace Integration.Journeys.Tests;

/// <summary>A deployment replaces a service while it works.</summary>
public sealed class ShutdownJourney(RabbitMqServer broker)
{
    private const int Orders = 5;

    [Fact]
    public async Task A_service_that_is_asked_to_end_finishes_its_calls_and_leaves_nothing_to_be_repeated()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("Rest"));
        await system.Core.DeployOrderAsync();
        await using var wire = await Wire.ConnectAsync(system.Broker);
        var results = await wire.ListenAsync("integration.results", "#");
        shop.KeepWaiting();
        var ids = new List<string>();
        for (var number = 1; number <= Orders; number++)
            ids.Add(await system.Core.OrderAsync(shop, $"lamp-{number}"));
        await shop.UntilWaitingAsync(Orders);

        var ended = system.Rest.StopAsync();
        await Eventually.TrueAsync(() => system.Rest.Log.Contains("Application is shutting down"), Api.Patience);
        shop.Waiting.ShouldBe(Orders, "no call was in flight, so nothing is proved");
        shop.AnswerAll();

        (await ended).ShouldBe(0, system.Rest.Log);
        shop.HungUp.ShouldBeEmpty();
        await Eventually.TrueAsync(() => results.Count == Orders, Api.Patience);
        results.ShouldAllBe(result => !result.Body.GetProperty("replayed").GetBoolean());

        // The processes have gone on: what waits in the queue now are their second tasks, and nothing else.
        await Eventually.TrueAsync(async () => await wire.WaitingAsync("integration.rest") == Orders, Api.Patience);
        await system.StartAsync("Rest");
        foreach (var id in ids)
            await system.Core.CompletedAsync(id);
        shop.Calls.Count(call => call.Method == "GET").ShouldBe(Orders);
        shop.Calls.Count(call => call.Method == "POST").ShouldBe(Orders);
    }

    [Theory]
    [InlineData("ProcessCore")]
    [InlineData("ErrorTreatment")]
    [InlineData("Rest")]
    public async Task An_idle_service_ends_at_once_when_asked_and_has_nothing_to_complain_about(string service)
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        var process = await system.StartAsync(service);

        (await process.StopAsync()).ShouldBe(0, process.Log);

        process.Log.ShouldNotContain("warn:");
        process.Log.ShouldNotContain("fail:");
        process.Log.ShouldNotContain("crit:");
    }
}
