using Integration.Contracts;
using Integration.Errors;
using Integration.Testing;

namespace Integration.Sdk.Tests.Journal;

/// <summary>A journal of the release before under this one, on every database.</summary>
public abstract class UpgradeContract
{
    private static readonly TimeSpan _afterOverlap = IdempotencyKeys.Overlap + TimeSpan.FromHours(1);

    private protected abstract Task<PreviousRelease> CreateAsync();

    private protected abstract string[] Settings { get; }

    private protected ExternalSystem External { get; } = new();

    [Theory]
    [InlineData("test-engine")]
    [InlineData("other-engine")]
    public async Task What_the_release_before_has_done_is_answered_to_whoever_asks_and_not_done_again(string engine)
    {
        var before = await CreateAsync();
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });
        await before.CompleteAsync(request, 7);
        await using var service = await StartAsync();

        var answer = await service.SendAsync(request with { ReplyTo = engine });
        var changed = await service.SendAsync(
            request with
            {
                ReplyTo = engine,
                Inputs = System.Text.Json.JsonElement.Parse("""{"amount":2}"""),
            }
        );

        answer.Outputs<Pay.Output>().Call.ShouldBe(7);
        answer.Completed!.Replayed.ShouldBeTrue();
        answer.Completed.ReplyTo.ShouldBe(engine);
        changed.Completed!.Replayed.ShouldBeTrue();
        External.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task What_failed_before_is_told_again_and_executed_as_the_next_attempt_with_the_key_that_it_had()
    {
        var before = await CreateAsync();
        var request = ServiceHarness.Request("sample.store", new { document = "a" }) with { ReplyTo = "second-engine" };
        await before.FailAsync(request, "connectivity", "unavailable");
        await using var service = await StartAsync();
        await service.RunAsync("sample.store", new { document = "the first engine's" });
        service.Clock.Advance(_afterOverlap);

        var again = await service.SendAsync(request);
        var next = await service.SendAsync(
            request with
            {
                Attempt = 2,
            },
            properties => properties with { Timestamp = service.Clock.GetUtcNow() }
        );

        again.Errored!.Error.Code.ShouldBe("unavailable");
        again.Errored.Request!.ReplyTo.ShouldBe("second-engine");
        next.Completed!.Replayed.ShouldBeFalse();
        External.Keys.ShouldContain(request.TaskId);
    }

    [Fact]
    public async Task An_intent_or_a_doubt_of_the_release_before_is_in_doubt_until_somebody_decides()
    {
        var before = await CreateAsync();
        var intended = ServiceHarness.Request("sample.pay", new { amount = 1 });
        var doubted = ServiceHarness.Request("sample.pay", new { amount = 2 });
        await before.IntendAsync(intended);
        await before.FailAsync(doubted, "in-doubt", "outcome-unknown");
        await using var service = await StartAsync();

        foreach (var request in new[] { intended, doubted })
        {
            var doubt = await service.SendAsync(request);
            doubt.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
            External.Effects.ShouldBe(request == intended ? 0 : 1);
            (await service.RetryAsync(doubt)).Completed!.Replayed.ShouldBeFalse();
        }

        External.Effects.ShouldBe(2);
    }

    [Fact]
    public async Task A_replica_of_the_release_before_finds_what_this_one_has_done()
    {
        var before = await CreateAsync();
        await using var service = await StartAsync();

        var done = await service.RunAsync("sample.pay", new { amount = 1 });
        var second = await service.SendAsync(
            done.Request with
            {
                TaskId = $"{done.Request.TaskId}-2",
                ReplyTo = "second-engine",
            }
        );

        foreach (var answer in new[] { done, second })
        {
            answer.Completed!.Replayed.ShouldBeFalse();
            (await before.FindAsync(answer.Request.TaskId)).ShouldBe((1, JournalState.Completed));
            (await before.IntendAsync(answer.Request with { Attempt = 2 })).ShouldBe(0, "it must not begin");
        }
    }

    [Fact]
    public async Task This_release_finds_what_a_replica_of_the_release_before_does_meanwhile()
    {
        var before = await CreateAsync();
        await using var service = await StartAsync();
        External.Behaviour = (call, _) =>
            call == 1 ? throw new ConnectivityErrorException("unavailable", "503") : Task.CompletedTask;
        var failed = await service.RunAsync("sample.store", new { document = "a" });
        var other = ServiceHarness.Request("sample.store", new { document = "b" });

        (await before.CompleteAsync(failed.Request with { Attempt = 2 }, 8)).ShouldBe(1);
        (await before.CompleteAsync(other, 9)).ShouldBe(1);

        (await service.RetryAsync(failed)).Outputs<Store.Output>().Call.ShouldBe(8);
        (await service.SendAsync(other)).Outputs<Store.Output>().Call.ShouldBe(9);
        External.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_the_release_before_began_is_repeated_with_the_same_key_whichever_engine_asked()
    {
        await CreateAsync();
        var request = ServiceHarness.Request("sample.store", new { document = "a" }) with { ReplyTo = "second-engine" };
        // An idempotent call leaves no trace in the journal when its process dies.
        await External.CallAsync(request.TaskId, CancellationToken.None);
        await using var service = await StartAsync();
        await service.RunAsync("sample.store", new { document = "the first engine's" });
        var published = service.Clock.GetUtcNow();
        service.Clock.Advance(_afterOverlap);

        await service.SendAsync(request, properties => properties with { Timestamp = published });

        External.Calls.ShouldBe(3);
        External.Effects.ShouldBe(2);
        External.Keys.ShouldContain(request.TaskId);
    }

    [Fact]
    public async Task While_replicas_of_the_release_before_may_be_at_work_every_engine_keeps_its_plain_ids()
    {
        await CreateAsync();
        await using var service = await StartAsync();

        var first = await service.RunAsync("sample.store", new { document = "a" });
        var second = await service.RunAsync("sample.store", new { document = "b" }, Second);
        var unknown = ServiceHarness.Request("sample.store", new { document = "c" }) with { ReplyTo = "second-engine" };
        await service.SendAsync(unknown, properties => properties with { Timestamp = null });

        External.Keys.ShouldBe([first.Request.TaskId, second.Request.TaskId, unknown.TaskId], ignoreOrder: true);
    }

    [Fact]
    public async Task After_that_the_first_engine_keeps_its_plain_ids_and_others_have_keys_of_their_own()
    {
        await CreateAsync();
        await using var service = await StartAsync();
        await service.RunAsync("sample.store", new { document = "a" });
        service.Clock.Advance(_afterOverlap);
        await service.RestartAsync();

        var now = service.Clock.GetUtcNow();
        var request = ServiceHarness.Request("sample.store", new { document = "a" });
        await service.SendAsync(request, properties => properties with { Timestamp = now });
        await service.SendAsync(Second(request), properties => properties with { Timestamp = now });

        External.Effects.ShouldBe(3);
        External.Keys.ShouldContain(request.TaskId);
        External.Keys.ShouldContain(IdempotencyKeys.Of("second-engine", request.TaskId));
    }

    [Fact]
    public async Task An_attempt_after_that_has_the_key_of_the_attempts_before_it()
    {
        await CreateAsync();
        External.Behaviour = (call, _) => call == 2 ? throw new TimeoutException("No answer.") : Task.CompletedTask;
        await using var service = await StartAsync();
        await service.RunAsync("sample.store", new { document = "the first engine's" });
        var failed = await service.RunAsync("sample.store", new { document = "a" }, Second);
        service.Clock.Advance(_afterOverlap);

        await service.SendAsync(
            failed.Request with
            {
                Attempt = 2,
            },
            properties => properties with { Timestamp = service.Clock.GetUtcNow() }
        );

        failed.Errored!.Error.Code.ShouldBe("timeout");
        External.Keys.ShouldContain(failed.Request.TaskId);
    }

    [Fact]
    public async Task What_is_old_is_forgotten_in_all_tables()
    {
        var before = await CreateAsync();
        await using var service = await StartAsync();
        await before.CompleteAsync(ServiceHarness.Request("sample.store", new { document = "a" }), 1);
        var first = await service.RunAsync("sample.store", new { document = "a" });
        await service.SendAsync(Second(first.Request));
        var journal = (Sdk.Journal)service.Services.GetService(typeof(Sdk.Journal))!;

        var future = DateTimeOffset.UtcNow.AddDays(1);
        (await journal.PurgeAsync(future, 1_000, CancellationToken.None)).ShouldBe(3);

        (await service.SendAsync(Second(first.Request))).Completed!.Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_step_of_a_task_has_its_own_outcome()
    {
        await CreateAsync();
        await using var service = await StartAsync();
        var request = ServiceHarness.Request("sample.store", new { document = "a" });
        var journal = (Sdk.Journal)service.Services.GetService(typeof(Sdk.Journal))!;
        var task = new JournalTask(request, Fingerprint.Of(request), Step: "inner-1");

        (
            await journal.WriteOutcomeAsync(task, JournalState.Completed, "{}"u8.ToArray(), CancellationToken.None)
        ).ShouldBeTrue();
        var answer = await service.SendAsync(request);

        answer.Completed!.Replayed.ShouldBeFalse();
        var step = await journal.FindStepAsync(TaskIdentity.Of(request), "inner-1", CancellationToken.None);
        step!.Outcome.ShouldBe("{}"u8.ToArray());
        (await journal.FindStepAsync(TaskIdentity.Of(request), "inner-2", CancellationToken.None)).ShouldBeNull();
        (
            await journal.FindStepAsync(TaskIdentity.Of(Second(request)), "inner-1", CancellationToken.None)
        ).ShouldBeNull();
    }

    private Task<ServiceHarness> StartAsync() => SampleService.StartAsync(External, Settings);

    private static TaskRequested Second(TaskRequested request) => request with { ReplyTo = "second-engine" };
}
