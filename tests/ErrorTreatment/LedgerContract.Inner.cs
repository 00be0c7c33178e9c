using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

public abstract partial class LedgerContract
{
    private static readonly ErrorInfo _noAnswer = new(
        ErrorCategory.Connectivity,
        ErrorCodes.NoAnswer,
        "No answer came by the deadline.",
        Retryable: true
    );

    private static TaskRequested Inner(string id, string outer, string engine = "engine") =>
        Events.Task(id) with
        {
            ReplyTo = "orders",
            Parent = new ParentTask(outer, engine, "orders.place"),
        };

    [Fact]
    public async Task The_failure_of_an_inner_task_shows_its_parent_and_is_found_by_it()
    {
        await One.TakeAsync(Events.Read(Inner("inner-1", "outer-1"), Events.Doubt));
        await One.PassAsync(TimeSpan.Zero);

        var failure = await FindAsync("outer-1");

        failure.TaskId.ShouldBe("inner-1");
        Api.FailureView.Of(failure).Parent.ShouldBe(new ParentTask("outer-1", "engine", "orders.place"));
        var incident = Incidents.ShouldHaveSingleItem();
        incident.ReplyTo.ShouldBe("orders", "who asked is told, and tells its own engine");
        incident.Error.Category.ShouldBe(ErrorCategory.InDoubt);
    }

    [Fact]
    public async Task A_retry_of_an_inner_task_still_names_its_parent()
    {
        await One.TakeAsync(Events.Read(Inner("inner-1", "outer-1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(2));

        Sent.ShouldHaveSingleItem().Parent!.TaskId.ShouldBe("outer-1");
    }

    [Fact]
    public async Task A_task_without_an_answer_is_not_sent_again_while_one_that_it_asked_for_is_open()
    {
        var inner = await One.TakeAsync(Events.Read(Inner("inner-1", "outer-1"), Events.Doubt));

        var outer = await One.TakeAsync(Events.Read(Events.Task("outer-1"), _noAnswer));

        outer.State.ShouldBe(FailureState.Parked);
        outer.Failure!.Reason.ShouldContain(inner.Failure!.Id);
        await One.PassAsync(TimeSpan.FromHours(1));
        Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_that_was_sent_again_and_waits_for_one_that_failed_is_parked_with_its_failure()
    {
        await One.TakeAsync(Events.Read(Events.Task("outer-1"), _noAnswer));
        await One.PassAsync(TimeSpan.FromSeconds(2));
        var inner = await One.TakeAsync(Events.Read(Inner("inner-1", "outer-1"), Events.Access));

        await One.PassAsync(TimeSpan.FromHours(2));

        var outer = (await One.Queries.ListAsync(new() { Operation = "rest.request" }, Cancellation)).Single(failure =>
            failure.TaskId == "outer-1"
        );
        outer.State.ShouldBe(FailureState.Parked);
        outer.Reason.ShouldContain(inner.Failure!.Id);
    }

    [Theory]
    [InlineData("outer-1", "other-engine")]
    [InlineData("outer-2", "engine")]
    public async Task Inner_tasks_of_others_hold_nothing_up(string outer, string engine)
    {
        await One.TakeAsync(Events.Read(Inner("inner-1", outer, engine), Events.Doubt));

        (await One.TakeAsync(Events.Read(Events.Task("outer-1"), _noAnswer))).State.ShouldBe(FailureState.Retrying);
    }

    [Fact]
    public async Task An_inner_task_that_is_repaired_holds_nothing_up()
    {
        await One.TakeAsync(Events.Read(Inner("inner-1", "outer-1"), Events.Doubt));
        await One.TakeAsync(new Answered("inner-1", "Completed.", "orders"));

        (await One.TakeAsync(Events.Read(Events.Task("outer-1"), _noAnswer))).State.ShouldBe(FailureState.Retrying);
    }

    [Fact]
    public async Task The_service_of_a_task_that_is_given_up_is_told_that_nobody_waits()
    {
        var id = await ParkAsync("t1");
        await One.TakeAsync(new GiveUpAsked(id, "anna", "The customer has withdrawn the order."));
        await One.PassAsync(TimeSpan.Zero);

        var cancelled = Bus.Of(EventTypes.TaskCancelled, ContractJson.Default.TaskCancelled).ShouldHaveSingleItem();
        cancelled.TaskId.ShouldBe("t1");
        cancelled.ReplyTo.ShouldBe("engine");
        cancelled.Operation.ShouldBe("rest.request");
        cancelled.Reason!.ShouldContain("withdrawn the order");
        GivenUp.ShouldHaveSingleItem().TaskId.ShouldBe("t1");
    }
}
