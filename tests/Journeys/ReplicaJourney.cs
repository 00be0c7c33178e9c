namespace Integration.Journeys.Tests;

/// <summary>A service that was scaled out loses one of its machines.</summary>
[Collection(Alone.Name)]
public sealed class ReplicaJourney(Broker broker, PostgreSqlServer database)
{
    private const int Orders = 12;

    [Fact]
    public async Task Two_replicas_share_the_work_and_when_one_is_killed_nothing_is_lost_or_done_twice()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        var journal = await database.CreateDatabaseAsync();
        var replicas = await Task.WhenAll(StartReplicaAsync(system, journal), StartReplicaAsync(system, journal));
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        await system.Core.DeployOrderAsync();
        await TheyShareTheWorkAsync(system, shop, replicas);

        shop.KeepWaiting("POST");
        var idempotent = await OrderAsync(system, shop, "lamp", idempotent: true);
        var once = await OrderAsync(system, shop, "candle", idempotent: false);
        await shop.UntilWaitingAsync(2 * Orders);
        await replicas[0].KillAsync();

        await Eventually.TrueAsync(
            () => shop.HungUp.Any(call => call.Key is null) && shop.HungUp.Any(call => call.Key is not null),
            Api.Patience,
            "the killed replica was asking the shop for orders of both kinds"
        );
        // The other replica repeats those with a key, and only those, while the shop still thinks about it.
        await shop.UntilWaitingAsync(2 * Orders - shop.HungUp.Count(call => call.Key is null));
        shop.AnswerAll();

        foreach (var id in idempotent)
            await system.Core.CompletedAsync(id);
        var doubtful = shop.HungUp.Where(call => call.Key is null).Select(call => call.Article).ToList();
        foreach (var (article, id) in Articles("candle").Zip(once))
        {
            if (doubtful.Contains(article))
                (await system.Core.IncidentAsync(id, "parked")).Code.ShouldBe("outcome-unknown");
            else
                await system.Core.CompletedAsync(id);
        }

        (await system.Treatment.FailuresAsync(new() { State = "parked", Category = "in-doubt" })).Count.ShouldBe(
            doubtful.Count
        );
        shop.Orders.Count(order => order.Key is null).ShouldBe(Orders, "an order without a key was repeated");
        shop.Booked.Where(article => article != "first")
            .Order(StringComparer.Ordinal)
            .ShouldBe(Articles("lamp").Concat(Articles("candle")).Order(StringComparer.Ordinal));
    }

    // An intent of another replica is in doubt when nobody can be at work on it any more: after twice the limit.
    private static Task<ServiceProcess> StartReplicaAsync(Deployment system, string journal) =>
        system.StartAsync(
            "Rest",
            ("Storage__Provider", "PostgreSql"),
            ("Storage__ConnectionString", journal),
            ("Pipeline__ExecutionLimit", "00:00:20")
        );

    private static async Task TheyShareTheWorkAsync(Deployment system, Shop shop, ServiceProcess[] replicas)
    {
        await using var wire = await Wire.ConnectAsync(system.Broker);
        var results = await wire.ListenAsync("integration.results", "#");
        for (var number = 1; number <= Orders; number++)
            await system.Core.OrderAsync(shop, "first");
        await Eventually.TrueAsync(() => results.Count == 2 * Orders, Api.Patience);
        var instances = results.Select(result =>
            result.Body.GetProperty("service").GetProperty("instance").GetString()!
        );
        foreach (var replica in replicas)
            instances.ShouldContain(instance => instance.Contains($"-{replica.Id}-"), "a replica had nothing to do");
    }

    private static async Task<IReadOnlyList<string>> OrderAsync(
        Deployment system,
        Shop shop,
        string article,
        bool idempotent
    )
    {
        var ids = new List<string>();
        foreach (var one in Articles(article))
            ids.Add(await system.Core.OrderAsync(shop, one, idempotent));
        return ids;
    }

    private static IEnumerable<string> Articles(string article) =>
        Enumerable.Range(1, Orders).Select(number => $"{article}-{number}");
}
