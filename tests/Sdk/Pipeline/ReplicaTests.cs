using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Sdk.Tests.Pipeline;

/// <summary>Two replicas of a service on one real PostgreSQL.</summary>
public sealed class ReplicaTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task A_replica_waits_for_the_one_that_is_at_work_and_answers_with_its_outcome()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });

        Task<TaskAnswer>? original = null;
        Task<TaskAnswer>? repeated = null;
        await first.BeginAsync(request, answer => original = answer);
        await external.Reached.Task;
        await second.BeginAsync(request, answer => repeated = answer);
        second.Clock.Advance(TimeSpan.FromSeconds(10));
        repeated!.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await original!).Completed!.Replayed.ShouldBeFalse();

        (await MovingAsync(second.Clock, repeated)).Completed!.Replayed.ShouldBeTrue();
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_is_in_doubt_when_the_replica_at_work_is_silent_for_too_long()
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        var database = await server.CreateDatabaseAsync();
        await using var dying = await StartAsync(external, database);
        await using var surviving = await StartAsync(external, database);
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });

        await dying.BeginAsync(request, _ => { });
        await external.Reached.Task;
        Task<TaskAnswer>? answer = null;
        await surviving.BeginAsync(request, task => answer = task);
        surviving.Clock.Advance(TimeSpan.FromMinutes(11));

        var errored = (await MovingAsync(surviving.Clock, answer!)).Errored!;
        errored.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_waits_while_the_database_is_away_and_is_completed_when_it_is_back()
    {
        await using var own = new PostgreSqlServer();
        await own.InitializeAsync();
        var external = new ExternalSystem();
        await using var service = await StartAsync(external, await own.CreateDatabaseAsync());
        await service.RunAsync("sample.pay", new { amount = 1 });

        await own.StopAsync();
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(ServiceHarness.Request("sample.pay", new { amount = 2 }), task => answer = task);
        await service.BeginAsync(ServiceHarness.Request("sample.pay", new { amount = 3 }), _ => { });
        await own.StartAsync();

        (await MovingAsync(service.Clock, answer!)).Completed!.Replayed.ShouldBeFalse();
        external.Calls.ShouldBeGreaterThanOrEqualTo(2);
    }

    private static Task<ServiceHarness> StartAsync(ExternalSystem external, string database) =>
        SampleService.StartAsync(external, "--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={database}");

    /// <summary>Lets time pass until there is an answer: the replica looks at the journal again every second.</summary>
    private static async Task<TaskAnswer> MovingAsync(TestClock clock, Task<TaskAnswer> answer)
    {
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return answer.IsCompleted;
        });
        return await answer;
    }
}
