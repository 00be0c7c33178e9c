using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.Time.Testing;

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
        var looks = new WatchedClock(TimeSpan.FromSeconds(1));
        await using var second = await StartAsync(external, database, looks);
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });

        Task<TaskAnswer>? original = null;
        Task<TaskAnswer>? repeated = null;
        await first.BeginAsync(request, answer => original = answer);
        await external.Reached.Task;
        await second.BeginAsync(request, answer => repeated = answer);
        // It has looked at the journal more than once, and waits again.
        await Eventually.TrueAsync(() =>
        {
            looks.Advance(TimeSpan.FromSeconds(1));
            return looks.Waits >= 3;
        });
        repeated!.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await original!).Completed!.Replayed.ShouldBeFalse();

        (await MovingAsync(looks, repeated)).Completed!.Replayed.ShouldBeTrue();
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

    [Theory]
    [InlineData("sample.store", """{"document":"a"}""")]
    [InlineData("sample.pay", """{"amount":1}""")]
    public async Task Two_engines_with_the_same_id_on_two_replicas_at_once_have_an_outcome_each(
        string operation,
        string inputs
    )
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var request = Request(operation, inputs);

        Task<TaskAnswer>? mine = null;
        Task<TaskAnswer>? others = null;
        await first.BeginAsync(request, answer => mine = answer);
        await second.BeginAsync(request with { ReplyTo = "other-engine" }, answer => others = answer);
        await Eventually.TrueAsync(() => external.Calls == 2);
        release.SetResult();

        (await mine!).Completed!.Replayed.ShouldBeFalse();
        (await others!).Completed!.Replayed.ShouldBeFalse();
        external.Effects.ShouldBe(2);
        (await second.SendAsync(request)).Completed!.Replayed.ShouldBeTrue();
        (await first.SendAsync(request with { ReplyTo = "other-engine" })).Completed!.Replayed.ShouldBeTrue();
        external.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Two_requests_with_one_id_that_two_replicas_execute_at_once_are_told_apart_and_one_outcome_stays()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var request = Request("sample.store", """{"document":"a"}""");
        var another = request with { Inputs = System.Text.Json.JsonElement.Parse("""{"document":"b"}""") };

        Task<TaskAnswer>? one = null;
        Task<TaskAnswer>? other = null;
        await first.BeginAsync(request, answer => one = answer);
        await second.BeginAsync(another, answer => other = answer);
        await Eventually.TrueAsync(() => external.Calls == 2);
        release.SetResult();

        TaskAnswer[] answers = [await one!, await other!];
        var completed = answers.Single(answer => answer.Completed is not null);
        var refused = answers.Single(answer => answer.Errored is not null);
        completed.Completed!.Replayed.ShouldBeFalse();
        refused.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        refused.Errored.Error.Message.ShouldContain("Both were executed");
        (await first.SendAsync(completed.Request)).Completed!.Replayed.ShouldBeTrue();
        (await first.SendAsync(refused.Request)).Errored!.Error.Message.ShouldContain("Nothing was executed");
    }

    [Fact]
    public async Task Another_request_with_the_id_of_a_call_that_another_replica_has_begun_is_refused_at_once()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var request = Request("sample.pay", """{"amount":1}""");

        Task<TaskAnswer>? one = null;
        await first.BeginAsync(request, answer => one = answer);
        await external.Reached.Task;
        var refused = await second.SendAsync(
            request with
            {
                Inputs = System.Text.Json.JsonElement.Parse("""{"amount":2}"""),
            }
        );
        release.SetResult();

        refused.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        (await one!).Completed!.Replayed.ShouldBeFalse();
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Two_replicas_that_begin_at_once_agree_which_engine_was_the_first()
    {
        var external = new ExternalSystem();
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(external, database);
        await using var second = await StartAsync(external, database);
        var request = Request("sample.store", """{"document":"a"}""");

        await Task.WhenAll(first.SendAsync(request), second.SendAsync(request with { ReplyTo = "other-engine" }));
        var next = request with { TaskId = $"{request.TaskId}-2" };
        await Task.WhenAll(second.SendAsync(next), first.SendAsync(next with { ReplyTo = "other-engine" }));

        string[] plain = [request.TaskId, next.TaskId];
        external.Keys.Count().ShouldBe(4);
        external.Keys.Where(plain.Contains).ShouldBe(plain, ignoreOrder: true);
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

    private static TaskRequested Request(string operation, string inputs) =>
        ServiceHarness.Request(operation, new { }) with
        {
            Inputs = System.Text.Json.JsonElement.Parse(inputs),
        };

    private static Task<ServiceHarness> StartAsync(
        ExternalSystem external,
        string database,
        TimeProvider? time = null
    ) =>
        SampleService.StartAsync(
            external,
            time,
            "--Storage:Provider=PostgreSql",
            $"--Storage:ConnectionString={database}"
        );

    /// <summary>A clock of which it is known how often somebody has waited for a certain time.</summary>
    private sealed class WatchedClock(TimeSpan wait) : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == wait)
                Interlocked.Increment(ref _waits);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Lets time pass until there is an answer: the replica looks at the journal again every second.</summary>
    private static async Task<TaskAnswer> MovingAsync(FakeTimeProvider clock, Task<TaskAnswer> answer)
    {
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return answer.IsCompleted;
        });
        return await answer;
    }
}
