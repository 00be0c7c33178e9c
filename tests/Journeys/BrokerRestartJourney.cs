namespace Integration.Journeys.Tests;

/// <summary>The broker goes away in the middle of the work. It is a broker of its own: others must not notice.</summary>
public sealed class BrokerRestartJourney
{
    private const int Orders = 30;

    [Fact]
    public async Task Every_instance_completes_although_the_broker_is_killed_while_they_run()
    {
        await using var broker = new RabbitMqServer();
        await broker.StartAsync();
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.Uri);
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.KeepWaiting("POST");
        var ids = new List<string>();
        for (var number = 1; number <= Orders; number++)
            ids.Add(await system.Core.OrderAsync(shop, $"lamp-{number}"));
        await shop.UntilWaitingAsync(Orders);

        await broker.KillAsync();
        // The shop answers while nobody can be told of it; the core is asked for more all the same.
        shop.AnswerAll();
        for (var number = Orders + 1; number <= 2 * Orders; number++)
            ids.Add(await system.Core.OrderAsync(shop, $"lamp-{number}"));
        foreach (var id in ids)
            (await system.Core.InstanceAsync(id)).State.ShouldBe("running", "nothing was left to be lost");
        await broker.StartAsync();

        foreach (var id in ids)
            await system.Core.CompletedAsync(id);
        shop.Booked.Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, 2 * Orders).Select(number => $"lamp-{number}").Order(StringComparer.Ordinal));
    }
}
