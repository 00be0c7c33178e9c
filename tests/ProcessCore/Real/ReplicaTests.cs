using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Real;

/// <summary>Two replicas of the core on one PostgreSQL database.</summary>
public sealed class ReplicaTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    /// <summary>Both replicas and what they publish; results go to either.</summary>
    private sealed class Pair(TestBus left, TestBus right, Core first, Core second) : IAsyncDisposable
    {
        public Core First => first;

        public Core Second => second;

        public IReadOnlyList<TestBus> Buses { get; } = [left, right];

        public IEnumerable<TaskRequested> Requests => Buses.SelectMany(bus => bus.Requests);

        public static async Task<Pair> StartAsync(string database, params string[] settings)
        {
            TestBus left = new(),
                right = new();
            // At once: both find an empty database, and both migrate it.
            var cores = await Task.WhenAll(
                Core.StartAsync(database, left, settings),
                Core.StartAsync(database, right, settings)
            );
            return new Pair(left, right, cores[0], cores[1]);
        }

        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
        }
    }

    [Fact]
    public async Task Branches_that_end_on_different_replicas_at_once_join_exactly_once()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(
            new Drawing()
                .Start()
                .Parallel("Fork")
                .Service("Left")
                .Service("Right")
                .Parallel("Join")
                .Service("Last")
                .End()
                .Flow("Start", "Fork", "Left", "Join", "Last", "End")
                .Flow("Fork", "Right", "Join")
        );
        var instances = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(n => (n % 2 == 0 ? pair.First : pair.Second).BeginAsync())
        );
        await Eventually.TrueAsync(() => pair.Requests.Count() == 50);
        var branches = pair.Requests.ToList();

        await Task.WhenAll(
            branches.Select(task => pair.Buses[task.Process!.Element == "Left" ? 0 : 1].CompleteAsync(task))
        );

        await Eventually.TrueAsync(() => pair.Requests.Count() == 75);
        var last = pair.Requests.Where(task => task.Process!.Element == "Last").ToList();
        last.Select(task => task.Process!.InstanceId).Distinct().Count().ShouldBe(25);
        await Task.WhenAll(last.Select(task => pair.Buses[0].CompleteAsync(task)));
        foreach (var instance in instances)
            (await pair.Second.StateAsync(instance)).ShouldBe("completed");
    }

    [Fact]
    public async Task What_one_replica_withdraws_the_other_does_not_start()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        var running = await pair.Second.BeginAsync();

        using var withdrawn = await pair.First.Http.PostAsync("/definitions/order/withdraw", content: null);
        withdrawn.EnsureSuccessStatusCode();

        foreach (var start in new object[] { new { definition = "order" }, new { definition = "order", version = 1 } })
        {
            using var refused = await pair.Second.Http.PostAsJsonAsync("/instances", start);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
        await Eventually.TrueAsync(() => pair.Requests.Count() == 1);
        await pair.Buses[0].CompleteAsync(pair.Requests.Single());
        await pair.First.EndedAsync(running);
    }

    [Fact]
    public async Task The_same_result_on_both_replicas_at_once_counts_once()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(
            new Drawing().Start().Service("Call").Service("Next").End().Flow("Start", "Call", "Next", "End")
        );
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pair.First.BeginAsync()));
        await Eventually.TrueAsync(() => pair.Requests.Count() == 20);
        var results = pair.Requests.Select(task => pair.Buses[0].Messages.Of(TestBus.Completed(task))).ToList();

        await Task.WhenAll(results.SelectMany(result => pair.Buses.Select(bus => bus.DeliverAsync(result))));

        await Eventually.TrueAsync(() => pair.Requests.Count() >= 40);
        await Eventually.TrueAsync(async () => await pair.First.CountAsync("outbox") == 0);
        pair.Requests.Count(task => task.Process!.Element == "Next").ShouldBe(20);
    }

    [Fact]
    public async Task A_timer_fires_on_one_replica_only()
    {
        // On a slow machine a lease may end before the message is published, which then goes out twice under one id.
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync(), "--Core:OutboxLease=01:00:00");
        await pair.First.DeployAsync(
            new Drawing()
                .Start()
                .CatchTimer("Wait", "PT0.3S")
                .Service("Call")
                .End()
                .Flow("Start", "Wait", "Call", "End")
        );
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => pair.First.BeginAsync()));

        await Eventually.TrueAsync(() => pair.Requests.Count() >= 30);
        await Eventually.TrueAsync(async () => await pair.First.CountAsync("outbox") == 0);
        pair.Requests.Count().ShouldBe(30);
    }

    [Fact]
    public async Task What_a_replica_could_not_publish_the_other_one_publishes()
    {
        await using var pair = await Pair.StartAsync(
            await server.CreateDatabaseAsync(),
            "--Core:OutboxLease=00:00:00.3"
        );
        await pair.First.DeployAsync(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        pair.Buses[0].GoAway();

        await pair.First.BeginAsync();

        await Eventually.TrueAsync(() => pair.Buses[1].Requests.Count > 0);
        pair.Buses[0].Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_and_its_instance_find_each_other_across_replicas()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(
            new Drawing().Start().Receive("Payment", "payment").End().Flow("Start", "Payment", "End")
        );
        var keys = Enumerable.Range(0, 30).Select(n => $"A{n}").ToList();

        var instances = keys.Select(key => pair.First.BeginAsync(variables: new { orderId = key })).ToList();
        await Task.WhenAll(
            keys.Select(key =>
                pair.Buses[1]
                    .DeliverAsync(
                        pair.Buses[1]
                            .Messages.Of(
                                new MessageReceived("payment", System.Text.Json.JsonElement.Parse("{}"), key, key)
                            )
                    )
            )
        );

        foreach (var instance in instances)
            await pair.Second.EndedAsync(await instance);
    }

    [Fact]
    public async Task A_result_that_comes_while_the_database_is_away_is_held_until_it_is_back()
    {
        await using var own = new PostgreSqlServer();
        await own.InitializeAsync();
        await using var bus = new TestBus();
        await using var core = await Core.StartAsync(await own.CreateDatabaseAsync(), bus);
        await core.DeployAsync(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        var instance = await core.BeginAsync();
        await Eventually.TrueAsync(() => bus.Requests.Count == 1);

        await own.KillAsync();
        var result = bus.CompleteAsync(bus.Requests[0]);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        result.IsCompleted.ShouldBeFalse();
        await own.StartAsync();

        (await result).ShouldBe(Integration.Bus.Settlement.Acknowledge);
        (await core.StateAsync(instance)).ShouldBe("completed");
    }

    [Fact]
    public async Task The_end_of_an_instance_is_told_once_whichever_replica_gets_what()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        var starts = Enumerable
            .Range(0, 20)
            .Select(n =>
                pair.Buses[0]
                    .Messages.Of(
                        new ProcessStart("order", System.Text.Json.JsonElement.Parse("{}"), $"r{n}", ReplyTo: "gateway")
                    )
            )
            .ToList();
        await Task.WhenAll(starts.SelectMany(start => pair.Buses.Select(bus => bus.DeliverAsync(start))));
        await Eventually.TrueAsync(() => pair.Requests.Count() == 20);

        await Task.WhenAll(
            pair.Requests.ToList().SelectMany(task => pair.Buses.Select(bus => bus.CompleteAsync(task)))
        );

        await Eventually.TrueAsync(() => pair.Buses.Sum(bus => bus.Completions.Count) >= 20);
        await Eventually.TrueAsync(async () => await pair.First.CountAsync("outbox") == 0);
        pair.Buses.SelectMany(bus => bus.Completions)
            .Select(told => told.RequestId)
            .Order()
            .ShouldBe(Enumerable.Range(0, 20).Select(n => $"r{n}").Order());
    }

    [Fact]
    public async Task What_one_replica_hears_of_a_service_the_other_serves_too()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        var service = new ServiceReference("rest", "1.0", "one");

        await pair.Buses[0]
            .DeliverAsync(
                pair.Buses[0]
                    .Messages.Of(
                        new ServiceAnnounced(
                            service,
                            DateTimeOffset.UtcNow,
                            [new OperationReference("rest.request", 1, "idempotent")],
                            new string('a', 64),
                            []
                        )
                    )
            );
        await pair.Buses[1]
            .DeliverAsync(
                pair.Buses[1].Messages.Of(new ServiceHeartbeat(service, DateTimeOffset.UtcNow, 0, new string('a', 64)))
            );

        pair.Buses[1].Questions.ShouldBeEmpty();
        (await pair.Second.GetAsync("/contracts")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_start_on_both_replicas_begins_one_instance()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        await pair.First.DeployAsync(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        var starts = Enumerable
            .Range(0, 20)
            .Select(n =>
                pair.Buses[0].Messages.Of(new ProcessStart("order", System.Text.Json.JsonElement.Parse("{}"), $"r{n}"))
            )
            .ToList();

        await Task.WhenAll(starts.SelectMany(start => pair.Buses.Select(bus => bus.DeliverAsync(start))));

        (await pair.First.CountAsync("instances")).ShouldBe(20);
    }

    [Fact]
    public async Task Two_replicas_that_deploy_at_once_count_versions_without_a_gap()
    {
        await using var pair = await Pair.StartAsync(await server.CreateDatabaseAsync());
        var drawings = Enumerable
            .Range(0, 6)
            .Select(n => new Drawing().Start().End($"End{n}").Flow("Start", $"End{n}"))
            .ToList();

        await Task.WhenAll(
            drawings.Select((drawing, n) => (n % 2 == 0 ? pair.First : pair.Second).DeployAsync(drawing))
        );

        (await pair.First.GetAsync("/definitions"))
            .EnumerateArray()
            .Select(definition => definition.GetProperty("version").GetInt32())
            .ShouldBe([6, 5, 4, 3, 2, 1]);
    }
}
