using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Integration.ErrorTreatment.Tests;

/// <summary>What error treatment does, on every database.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];

    /// <summary>One more connection to the same database, as another replica has it.</summary>
    protected abstract IDatabase Open();

    /// <summary>Makes an empty database.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>Removes it.</summary>
    protected virtual Task RemoveAsync() => Task.CompletedTask;

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
    private protected TestBus Bus { get; } = new();
    private protected Replica One { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IReadOnlyList<TaskRequested> Sent => Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested);

    private IReadOnlyList<TaskIncident> Incidents => Bus.Of(EventTypes.TaskIncident, ContractJson.Default.TaskIncident);

    private IReadOnlyList<TaskFailed> GivenUp => Bus.Of(EventTypes.TaskFailed, ContractJson.Default.TaskFailed);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        One = Start();
        await One.Database.MigrateAsync(Schema.Component, Schema.Migrations, Cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var opened in Enumerable.Reverse(_opened))
            await opened.DisposeAsync();
        await RemoveAsync();
    }

    private protected Replica Start(TreatmentOptions? options = null)
    {
        var database = Open();
        var replica = new Replica(database, Bus, Clock, options);
        _opened.AddRange([database, replica]);
        return replica;
    }

    private async Task<Failure> FindAsync(string taskId) =>
        (await One.Queries.ListAsync(new FailureFilter { Text = taskId }, Cancellation)).ShouldHaveSingleItem();

    private async Task<string> ParkAsync(string taskId, DateTimeOffset? deadline = null)
    {
        var outcome = await One.TakeAsync(Events.Read(Events.Task(taskId, deadline: deadline), Events.Access));
        outcome.State.ShouldBe(FailureState.Parked);
        await One.PassAsync(TimeSpan.Zero);
        return outcome.Failure!.Id;
    }

    [Fact]
    public async Task A_retryable_error_is_sent_again_when_its_pause_is_over()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));

        await One.PassAsync(TimeSpan.FromSeconds(1.9));
        Sent.ShouldBeEmpty();
        await One.PassAsync(TimeSpan.FromSeconds(0.1));

        var sent = Sent.ShouldHaveSingleItem();
        sent.TaskId.ShouldBe("t1");
        sent.Attempt.ShouldBe(2);
        sent.Inputs.GetProperty("url").GetString().ShouldBe("http://partner.example/orders");
        (await FindAsync("t1")).State.ShouldBe(FailureState.Sent);
    }

    [Fact]
    public async Task It_is_resolved_only_when_the_retried_task_completes()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(2));
        (await FindAsync("t1")).State.ShouldBe(FailureState.Sent);

        await One.TakeAsync(new Answered("t1", "Attempt 2 was completed by 'rest'."));

        (await FindAsync("t1")).State.ShouldBe(FailureState.Resolved);
        await One.PassAsync(TimeSpan.FromDays(1));
        Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_all_retries_failed_it_is_parked_and_the_engine_is_told_once()
    {
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            await One.TakeAsync(Events.Read(Events.Task("t1", attempt), Events.Connectivity()));
            await One.PassAsync(TimeSpan.FromMinutes(6));
        }

        Sent.Select(sent => sent.Attempt).ShouldBe([2, 3, 4, 5, 6]);
        var failure = await FindAsync("t1");
        failure.State.ShouldBe(FailureState.Parked);
        failure.Reason.ShouldBe("All 5 retries failed.");
        var incident = Incidents.ShouldHaveSingleItem();
        incident.FailureId.ShouldBe(failure.Id);
        incident.ReplyTo.ShouldBe("engine");
        incident.Error.Code.ShouldBe("connection-refused");
        (await One.Queries.AttemptsAsync(failure.Id, Cancellation)).Select(a => a.Attempt).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task The_same_error_twice_is_one_failure_with_one_retry()
    {
        var error = Events.Read(Events.Task("t1"), Events.Connectivity());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => One.TakeAsync(error)));
        await One.PassAsync(TimeSpan.FromSeconds(10));
        (await One.TakeAsync(error)).Step.ShouldBe(Step.Record);

        Sent.Count.ShouldBe(1);
        var failure = await FindAsync("t1");
        failure.State.ShouldBe(FailureState.Sent);
        (await One.Queries.AttemptsAsync(failure.Id, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_that_gets_no_answer_by_the_deadline_is_parked()
    {
        var deadline = Clock.GetUtcNow().AddMinutes(10);
        await One.TakeAsync(Events.Read(Events.Task("t1", deadline: deadline), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(2));

        await One.PassAsync(TimeSpan.FromMinutes(9));
        (await FindAsync("t1")).State.ShouldBe(FailureState.Sent);
        await One.PassAsync(TimeSpan.FromMinutes(2));

        var failure = await FindAsync("t1");
        failure.State.ShouldBe(FailureState.Parked);
        failure.Error.Code.ShouldBe(ErrorCodes.NoAnswer);
        Incidents.ShouldHaveSingleItem().Error.Code.ShouldBe(ErrorCodes.NoAnswer);
    }

    [Fact]
    public async Task A_retry_without_a_deadline_does_not_wait_for_ever_either()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(2));
        await One.PassAsync(TimeSpan.FromMinutes(61));

        (await FindAsync("t1")).State.ShouldBe(FailureState.Parked);
    }

    [Fact]
    public async Task What_the_unanswered_attempt_ended_with_is_shown_when_it_comes_late()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(2));
        await One.PassAsync(TimeSpan.FromMinutes(61));

        await One.TakeAsync(Events.Read(Events.Task("t1", attempt: 2), Events.Access));

        var failure = await FindAsync("t1");
        failure.State.ShouldBe(FailureState.Parked);
        failure.Error.Code.ShouldBe("unauthorized");
    }

    [Fact]
    public async Task A_retry_whose_deadline_passed_while_nobody_was_there_is_parked_instead()
    {
        var deadline = Clock.GetUtcNow().AddMinutes(10);
        await One.TakeAsync(Events.Read(Events.Task("t1", deadline: deadline), Events.Connectivity()));

        await One.PassAsync(TimeSpan.FromHours(1));

        Sent.ShouldBeEmpty();
        var failure = await FindAsync("t1");
        failure.State.ShouldBe(FailureState.Parked);
        failure.Reason.ShouldContain("deadline");
    }

    [Fact]
    public async Task A_cancelled_task_is_not_sent_again()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits."));

        await One.PassAsync(TimeSpan.FromMinutes(1));

        Sent.ShouldBeEmpty();
        (await FindAsync("t1")).State.ShouldBe(FailureState.Cancelled);
    }

    [Fact]
    public async Task A_cancellation_that_overtakes_its_error_counts_nevertheless()
    {
        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits."));
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));

        await One.PassAsync(TimeSpan.FromMinutes(1));

        Incidents.ShouldBeEmpty();
        (await FindAsync("t1")).State.ShouldBe(FailureState.Cancelled);
    }

    [Fact]
    public async Task Due_retries_survive_a_restart()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.DisposeAsync();

        await Start().PassAsync(TimeSpan.FromSeconds(2));

        Sent.ShouldHaveSingleItem().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_crash_between_publish_and_mark_repeats_the_same_attempt()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        Bus.OnPublished = _ => throw new IOException("the process dies here");
        await Should.ThrowAsync<IOException>(() => One.PassAsync(TimeSpan.FromSeconds(2)));
        Bus.OnPublished = _ => Task.CompletedTask;
        await One.DisposeAsync();

        await Start().PassAsync(TimeSpan.Zero);

        Bus.Published.Count.ShouldBe(2);
        Sent.Select(sent => sent.Attempt).ShouldBe([2, 2]);
        Bus.Published.Select(message => message.Properties.MessageId).Distinct().Count().ShouldBe(1);
        (await FindAsync("t1")).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_dead_replica_was_publishing_is_published_by_another_or_after_the_restart()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));
        var begun = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        Bus.OnPublish = (_, _) =>
        {
            begun.SetResult();
            return never.Task;
        };
        var dead = One.Publishing.RoundAsync(Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        Bus.OnPublish = (_, _) => Task.CompletedTask;

        var two = Start();
        await two.PassAsync(TimeSpan.FromSeconds(1));
        Incidents.Count.ShouldBe(two.Database.Dialect.Shared ? 0 : 1);
        await two.PassAsync(TimeSpan.FromSeconds(30));

        Incidents.Count.ShouldBe(1);
        never.SetException(new IOException("dead"));
        await Should.ThrowAsync<IOException>(() => dead);
    }

    [Fact]
    public async Task Hundreds_of_errors_at_once_are_all_kept()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 600)
                .Select(i => One.TakeAsync(Events.Read(Events.Task($"storm-{i}"), Events.Connectivity())))
        );

        await One.PassAsync(TimeSpan.FromSeconds(2));

        Sent.Select(sent => sent.TaskId).Distinct().Count().ShouldBe(600);
        Sent.Count.ShouldBe(600);
    }

    [Fact]
    public async Task Text_that_a_database_refuses_is_kept_without_what_it_refuses()
    {
        var error = Events.Connectivity() with { Message = "zero \0 inside", Code = "od\0d" };
        await One.TakeAsync(Events.Read(Events.Task("t1"), error));

        (await FindAsync("t1")).State.ShouldBe(FailureState.Retrying);
    }

    [Fact]
    public async Task What_is_closed_for_long_is_forgotten_and_what_is_parked_is_not()
    {
        var parked = await ParkAsync("t1");
        await One.TakeAsync(Events.Read(Events.Task("t2"), Events.Connectivity()));
        await One.TakeAsync(new Answered("t2", "done"));

        Clock.Advance(TimeSpan.FromDays(31));
        await One.Retention.RoundAsync(Cancellation);

        var left = await One.Queries.ListAsync(new FailureFilter(), Cancellation);
        left.ShouldHaveSingleItem().Id.ShouldBe(parked);
    }
}
