namespace Integration.Sdk.Tests.Journal;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public async Task With_one_engine_the_key_is_the_task_id()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);

        var answer = await service.RunAsync("sample.store", new { document = "a" });

        external.Keys.ShouldBe([answer.Request.TaskId]);
    }

    [Fact]
    public async Task In_a_new_database_a_second_engine_has_keys_of_its_own_from_the_beginning()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);

        var first = await service.RunAsync("sample.store", new { document = "a" });
        var second = await service.SendAsync(first.Request with { ReplyTo = "second-engine" });
        await service.RestartAsync();
        await service.SendAsync(second.Request with { TaskId = "another" });

        external.Keys.ShouldBe(
            [
                first.Request.TaskId,
                IdempotencyKeys.Of("second-engine", first.Request.TaskId),
                IdempotencyKeys.Of("second-engine", "another"),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task All_attempts_of_a_second_engine_have_the_same_key()
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, _) => call == 2 ? throw new TimeoutException("No answer.") : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.store", new { document = "a" });
        var failed = await service.SendAsync(first.Request with { ReplyTo = "second-engine" });

        await service.RetryAsync(failed);

        external.Calls.ShouldBe(3);
        external.Keys.ShouldContain(IdempotencyKeys.Of("second-engine", first.Request.TaskId));
    }

    [Theory]
    [InlineData("0198f3c2-6d0e-7c55-9d3c-2f1f4be3a001", true)]
    [InlineData("order:17/a", true)]
    [InlineData("Bestellung für Zoë", false)]
    [InlineData(" x", false)]
    [InlineData("漢字", false)]
    public void A_key_begins_with_the_id_where_a_header_can_carry_it_and_always_fits_into_one(string id, bool begins)
    {
        var key = IdempotencyKeys.Of("second-engine", id);

        key.StartsWith($"{id}.", StringComparison.Ordinal).ShouldBe(begins);
        key.Length.ShouldBeInRange(32, 250);
        key.ShouldAllBe(character => character > ' ' && character <= '~');
    }

    [Fact]
    public void No_two_tasks_have_the_same_key()
    {
        (string Engine, string TaskId)[] tasks =
        [
            ("a", "b.c"),
            ("a.b", "c"),
            ("ab", "c"),
            ("a", "bc"),
            ("1", "1:a"),
            ("11", ":a"),
            ("a", " b"),
            ("a ", "b"),
            ("é", "x"),
            ("e", "éx"),
        ];

        tasks.Select(task => IdempotencyKeys.Of(task.Engine, task.TaskId)).Distinct().Count().ShouldBe(tasks.Length);
    }
}
