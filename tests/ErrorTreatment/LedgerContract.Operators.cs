using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task An_operator_sends_a_parked_task_again_with_a_new_deadline()
    {
        var id = await ParkAsync("t1", Clock.GetUtcNow().AddMinutes(20));
        Clock.Advance(TimeSpan.FromHours(5));

        (await One.TakeAsync(new RetryAsked(id, "anna"))).State.ShouldBe(FailureState.Sent);
        await One.PassAsync(TimeSpan.Zero);

        var sent = Sent.ShouldHaveSingleItem();
        sent.Attempt.ShouldBe(2);
        sent.Deadline.ShouldBe(Clock.GetUtcNow().AddMinutes(20));
        var entry = (await One.Queries.HistoryAsync(id, Cancellation))[^1];
        entry.By.ShouldBe("anna");
        entry.State.ShouldBe(FailureState.Sent);
    }

    [Fact]
    public async Task A_task_that_had_no_deadline_gets_one_with_the_operators_retry()
    {
        var id = await ParkAsync("t1");
        await One.TakeAsync(new RetryAsked(id, null));
        await One.PassAsync(TimeSpan.Zero);

        Sent.ShouldHaveSingleItem().Deadline.ShouldBe(Clock.GetUtcNow().AddHours(1));
        (await One.Queries.HistoryAsync(id, Cancellation))[^1].By.ShouldBe("operator");
    }

    [Fact]
    public async Task After_an_operators_retry_all_retries_are_there_again()
    {
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            await One.TakeAsync(Events.Read(Events.Task("t1", attempt), Events.Connectivity()));
            await One.PassAsync(TimeSpan.FromMinutes(6));
        }

        var parked = await FindAsync("t1");
        await One.TakeAsync(new RetryAsked(parked.Id, null));
        await One.PassAsync(TimeSpan.Zero);
        Sent[^1].Attempt.ShouldBe(7);

        await One.TakeAsync(Events.Read(Sent[^1], Events.Connectivity()));
        (await FindAsync("t1")).State.ShouldBe(FailureState.Retrying);
    }

    [Fact]
    public async Task Only_an_operators_retry_of_a_doubt_says_that_somebody_decided_about_it()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Doubt));
        await One.TakeAsync(new RetryAsked((await FindAsync("t1")).Id, "anna"));
        await One.PassAsync(TimeSpan.Zero);
        Sent.ShouldHaveSingleItem().AfterDoubt.ShouldBeTrue();

        // What comes of it is no doubt any more: neither the automatic retry nor the operator's may wave one through.
        await One.TakeAsync(Events.Read(Sent[^1], Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromMinutes(1));
        Sent[^1].Attempt.ShouldBe(3);
        Sent[^1].AfterDoubt.ShouldBeFalse();

        await One.TakeAsync(Events.Read(Sent[^1], Events.Access));
        await One.TakeAsync(new RetryAsked((await FindAsync("t1")).Id, "anna"));
        await One.PassAsync(TimeSpan.Zero);
        Sent[^1].Attempt.ShouldBe(4);
        Sent[^1].AfterDoubt.ShouldBeFalse();
    }

    [Fact]
    public async Task Many_operators_who_retry_at_once_send_one_attempt()
    {
        var id = await ParkAsync("t1");

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => One.TakeAsync(new RetryAsked(id, $"operator {i}")))
        );
        await One.PassAsync(TimeSpan.Zero);

        outcomes.Count(outcome => outcome.Step == Step.Send).ShouldBe(1);
        outcomes.Count(outcome => outcome.Step == Step.Refuse).ShouldBe(9);
        Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Giving_up_tells_the_engine_why()
    {
        var id = await ParkAsync("t1");

        await One.TakeAsync(new GiveUpAsked(id, "anna", "The order was cancelled by phone."));
        await One.PassAsync(TimeSpan.Zero);

        var failed = GivenUp.ShouldHaveSingleItem();
        failed.TaskId.ShouldBe("t1");
        failed.FailureId.ShouldBe(id);
        failed.Error.Code.ShouldBe("unauthorized");
        failed.Error.Message.ShouldContain("The order was cancelled by phone.");
        (await One.TakeAsync(new RetryAsked(id, null))).Step.ShouldBe(Step.Refuse);
    }

    [Fact]
    public async Task An_unknown_failure_is_nobodys()
    {
        (await One.TakeAsync(new RetryAsked(Guid.NewGuid().ToString(), null))).Failure.ShouldBeNull();
        (await One.TakeAsync(new Answered("never heard of", "done"))).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task An_operator_need_not_wait_for_the_automatic_retry()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        var failure = await FindAsync("t1");

        await One.TakeAsync(new RetryAsked(failure.Id, "anna"));
        await One.PassAsync(TimeSpan.Zero);
        await One.PassAsync(TimeSpan.FromSeconds(10));

        Sent.Count.ShouldBe(1);
    }
}
