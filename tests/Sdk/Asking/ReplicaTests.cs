using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Sdk.Tests.Asking;

/// <summary>Two replicas of a service that asks, on one real PostgreSQL.</summary>
public sealed class ReplicaTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task A_task_that_one_replica_has_begun_is_finished_by_the_one_that_gets_the_answer()
    {
        var external = new ExternalSystem();
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        await first.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" });

        await first.BeginAsync(request, _ => { });
        await Eventually.TrueAsync(() => first.Asked.Count == 1);
        var answer = second.ExpectAsync(request);
        await second.TellAsync(first.Asked.Single(), AskingService.Reserve(first.Asked.Single()));

        (await answer).Outputs<PlaceOrder.Output>().ShouldBe(new PlaceOrder.Output("R-lamp", "B-1"));
        second.Asked.Select(asked => asked.Operation).ShouldBe(["bill.pay"]);
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task Replicas_that_take_the_same_task_and_the_same_answer_ask_for_the_same_tasks()
    {
        var external = new ExternalSystem();
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var requests = Enumerable
            .Range(0, 20)
            .Select(i => ServiceHarness.Request("sample.order", new { article = $"a{i}" }))
            .ToList();

        // Each has a bus of its own here, and the answer comes to whoever has asked.
        var answers = await Task.WhenAll(
            requests.Select(request => Task.WhenAny(first.SendAsync(request), second.SendAsync(request)))
        );

        foreach (var answer in answers)
            (await answer).Completed.ShouldNotBeNull();
        foreach (var request in requests)
        {
            var asked = first
                .Asked.Concat(second.Asked)
                .Where(one => one.Parent!.TaskId == request.TaskId)
                .DistinctBy(one => one.TaskId);
            asked.Count().ShouldBe(2);
        }

        external.Effects.ShouldBe(20);
    }

    private static Task<ServiceHarness> StartAsync(ExternalSystem external, string database) =>
        AskingService.StartAsync(
            external,
            args: ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={database}"]
        );
}
