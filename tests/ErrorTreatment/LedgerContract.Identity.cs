using Integration.Contracts;
using Integration.ErrorTreatment.Api;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

/// <summary>A task is known by its engine and its id.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task Two_engines_with_the_same_id_have_a_failure_each()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.TakeAsync(Events.Read(OfOther("t1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(3));

        Sent.Select(sent => $"{sent.ReplyTo} {sent.Attempt}").ShouldBe(["engine 2", "other 2"], ignoreOrder: true);
        await One.TakeAsync(new Answered("t1", "done", "other"));

        (await StatesAsync("t1")).ShouldBe(["engine sent", "other resolved"]);
        await One.TakeAsync(new Answered("t1", "done", "engine"));
        (await StatesAsync("t1")).ShouldBe(["engine resolved", "other resolved"]);
    }

    [Fact]
    public async Task Errors_of_two_engines_with_the_same_ids_at_once_are_kept_apart()
    {
        var errors = Enumerable
            .Range(0, 200)
            .SelectMany(i =>
                new[] { Events.Task($"t{i}"), OfOther($"t{i}"), Events.Task($"t{i}") with { ReplyTo = "third" } }
            )
            .Select(task => Events.Read(task, Events.Access))
            .ToList();

        await Task.WhenAll(errors.Concat(errors).Select(One.TakeAsync));

        (await One.Queries.CountAsync(new FailureFilter(), Cancellation))[FailureState.Parked.Name()].ShouldBe(600);
        (await StatesAsync("t17")).ShouldBe(["engine parked", "other parked", "third parked"]);
    }

    [Theory]
    [InlineData("engine", "engine cancelled,other parked")]
    [InlineData("other", "engine parked,other cancelled")]
    [InlineData("nobody", "engine parked,other parked")]
    [InlineData(null, "engine cancelled,other cancelled")]
    public async Task A_cancellation_closes_the_failure_of_its_engine_or_of_all_when_it_names_none(
        string? replyTo,
        string states
    )
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));
        await One.TakeAsync(Events.Read(OfOther("t1"), Events.Access));

        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits.", replyTo));

        string.Join(',', await StatesAsync("t1")).ShouldBe(states);
    }

    [Theory]
    [InlineData("engine", "engine cancelled,other parked")]
    [InlineData("other", "engine parked,other cancelled")]
    [InlineData(null, "engine cancelled,other cancelled")]
    public async Task A_cancellation_that_overtakes_its_error_concerns_its_engine_or_all(string? replyTo, string states)
    {
        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits.", replyTo));

        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));
        await One.TakeAsync(Events.Read(OfOther("t1"), Events.Access));

        string.Join(',', await StatesAsync("t1")).ShouldBe(states);
    }

    [Fact]
    public async Task An_error_that_names_no_engine_meets_the_failure_of_its_task_in_both_orders()
    {
        var nameless = Events.Read(Events.Task("t1"), Events.Access) with { ReplyTo = null, Request = null };
        var first = await One.TakeAsync(nameless);
        var second = await One.TakeAsync(Events.Read(Events.Task("t1", attempt: 2), Events.Access));
        var third = await One.TakeAsync(nameless);

        second.Failure!.Id.ShouldBe(first.Failure!.Id);
        third.Failure!.Id.ShouldBe(first.Failure.Id);
        (await FindAsync("t1")).ReplyTo.ShouldBe("engine");
        (await One.TakeAsync(Events.Read(OfOther("t1"), Events.Access))).Failure!.Id.ShouldNotBe(first.Failure.Id);
    }

    [Fact]
    public async Task Failures_are_found_by_their_engine()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));
        await One.TakeAsync(Events.Read(OfOther("t1"), Events.Access));

        var found = await One.Queries.ListAsync(new FailureFilter { Text = "OTHER" }, Cancellation);

        FailureView.Of(found.ShouldHaveSingleItem()).ReplyTo.ShouldBe("other");
    }

    [Fact]
    public async Task A_request_with_the_id_of_another_task_is_a_failure_of_its_own_that_no_engine_hears_of()
    {
        var held = await ParkAsync("t1");
        Incidents.Count.ShouldBe(1);
        var collision = Collision("m-17");

        var outcome = await One.TakeAsync(collision);
        var again = await One.TakeAsync(collision);
        await One.TakeAsync(Collision("m-18"));
        await One.PassAsync(TimeSpan.FromMinutes(1));

        outcome.State.ShouldBe(FailureState.Parked);
        outcome.Failure!.Id.ShouldNotBe(held);
        again.Failure!.Id.ShouldBe(outcome.Failure.Id);
        (await One.Queries.CountAsync(new FailureFilter(), Cancellation))[FailureState.Parked.Name()].ShouldBe(3);
        Incidents.Count.ShouldBe(1, "the task that holds the id must not get this one's incident");
        var shown = (await One.Queries.FindAsync(held, Cancellation))!;
        shown.Error.Code.ShouldBe("unauthorized");
        shown.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Such_a_request_can_be_given_up_and_nothing_else()
    {
        var held = await ParkAsync("t1");
        var id = (await One.TakeAsync(Collision("m-17"))).Failure!.Id;
        var failure = (await One.Queries.FindAsync(id, Cancellation))!;

        FailureView.PossibleFor(failure).ShouldBe(["give-up"]);
        WayOut.Of(failure).ShouldContain("an id that it has never used");
        (await One.TakeAsync(new RetryAsked(id, null))).Step.ShouldBe(Step.Refuse);
        (await One.TakeAsync(new GiveUpAsked(id, "anna", "The engine was corrected."))).State.ShouldBe(
            FailureState.GivenUp
        );
        await One.PassAsync(TimeSpan.FromMinutes(1));

        Sent.ShouldBeEmpty();
        GivenUp.ShouldBeEmpty();
        (await One.Queries.FindAsync(id, Cancellation))!.Reason.ShouldContain("The engine gets no event");
        (await One.Queries.FindAsync(held, Cancellation))!.State.ShouldBe(FailureState.Parked);
    }

    [Fact]
    public async Task What_becomes_of_the_task_that_holds_the_id_does_not_touch_such_a_request()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        var id = (await One.TakeAsync(Collision("m-17"))).Failure!.Id;

        await One.TakeAsync(new Answered("t1", "done", "engine"));
        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits.", "engine"));
        var late = await One.TakeAsync(Collision("m-18"));

        (await One.Queries.FindAsync(id, Cancellation))!.State.ShouldBe(FailureState.Parked);
        late.State.ShouldBe(FailureState.Parked);
    }

    [Fact]
    public async Task A_cancellation_that_comes_before_such_a_request_waits_for_the_error_of_the_task()
    {
        await One.TakeAsync(new Withdrawn("t1", "The engine no longer waits.", "engine"));

        var collision = await One.TakeAsync(Collision("m-17"));
        var error = await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));

        collision.State.ShouldBe(FailureState.Parked);
        error.State.ShouldBe(FailureState.Cancelled);
    }

    [Fact]
    public void Without_a_message_id_such_a_request_is_known_by_what_it_says()
    {
        var request = Events.Task("t1");

        Subject.Collision(null, request).ShouldBe(Subject.Collision("", Events.Task("t1")));
        Subject.Collision(null, request).ShouldNotBe(Subject.Collision(null, request with { Attempt = 2 }));
        Subject.Collision("m", request).ShouldNotBe(Subject.Collision(null, request));
    }

    [Fact]
    public async Task A_request_with_masked_secrets_is_parked_and_not_sent_as_it_is()
    {
        var masked = Events.Read(Events.Task("t1"), Events.Connectivity()) with { Masked = true };

        var outcome = await One.TakeAsync(masked);
        await One.PassAsync(TimeSpan.FromMinutes(10));

        outcome.State.ShouldBe(FailureState.Parked);
        Sent.ShouldBeEmpty();
        Incidents.Count.ShouldBe(1);
        var failure = await FindAsync("t1");
        failure.Reason.ShouldContain("masked");
        WayOut.Of(failure).ShouldContain("{{secrets.NAME}}");
        (await One.TakeAsync(new RetryAsked(failure.Id, null))).Step.ShouldBe(Step.Refuse);
        await One.TakeAsync(new GiveUpAsked(failure.Id, null, "The process names the secret now."));
        await One.PassAsync(TimeSpan.Zero);
        GivenUp.ShouldHaveSingleItem().TaskId.ShouldBe("t1");
    }

    [Fact]
    public async Task A_request_that_is_known_whole_is_not_given_up_for_a_masked_one()
    {
        await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Connectivity()));
        await One.PassAsync(TimeSpan.FromSeconds(3));

        await One.TakeAsync(
            Events.Read(
                Events.Task("t1", attempt: 2) with
                {
                    Inputs = System.Text.Json.JsonElement.Parse("""{"url":"***"}"""),
                },
                Events.Connectivity()
            ) with
            {
                Masked = true,
            }
        );
        await One.PassAsync(TimeSpan.FromSeconds(30));

        Sent.Select(sent => sent.Attempt).ShouldBe([2, 3]);
        Sent[^1].Inputs.GetProperty("url").GetString().ShouldBe("http://partner.example/orders");
    }

    private static TaskRequested OfOther(string taskId) => Events.Task(taskId) with { ReplyTo = "other" };

    private static Errored Collision(string messageId)
    {
        var request = Events.Task("t1");
        var error = new ErrorInfo(ErrorCategory.Data, ErrorCodes.TaskIdInUse, "The id belongs to another task.");
        return Events.Read(request, error) with
        {
            Subject = Subject.Collision(messageId, request),
            Kind = FailureKind.Message,
        };
    }

    private async Task<List<string>> StatesAsync(string taskId) =>
        [
            .. (await One.Queries.ListAsync(new FailureFilter { Text = taskId, Limit = 200 }, Cancellation))
                .Where(failure => failure.TaskId == taskId)
                .Select(failure => $"{failure.ReplyTo} {failure.State.Name()}")
                .Order(StringComparer.Ordinal),
        ];
}
