using Integration.Contracts;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class TaskOutcomeTests
{
    private static Drawing Guarded(params string?[] codes)
    {
        var drawing = new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End");
        foreach (var code in codes)
            drawing
                .OnError($"On{code ?? "Any"}", "Call", code)
                .End($"End{code ?? "Any"}")
                .Flow($"On{code ?? "Any"}", $"End{code ?? "Any"}");
        return drawing;
    }

    [Theory]
    [InlineData("BLACKLISTED", "OnBLACKLISTED")]
    [InlineData("UNKNOWN", "OnAny")]
    public void A_business_error_goes_to_the_boundary_event_of_its_code_or_else_to_the_one_for_all(
        string code,
        string boundary
    )
    {
        var play = Play.Begin(Guarded(null, "BLACKLISTED"));

        play.Reject("Call", code, new { list = "EU" });

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.History.ShouldContain(entry => entry.Type == HistoryTypes.ElementEntered && entry.Element == boundary);
        play.Variable("error")
            .ShouldBe($$$"""{"code":"{{{code}}}","message":"{{{code}}} happened.","data":{"list":"EU"}}""");
        play.Cancellations.ShouldBeEmpty();
    }

    [Fact]
    public void A_boundary_event_maps_the_error_and_sees_the_inputs()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("Call", inputs: [("customer", "=\"C1\"")])
                .OnError("OnAny", "Call", null, Drawing.Mappings(null, [("reason", "=error.code + \" \" + customer")]))
                .End()
                .Flow("Start", "Call", "End")
                .Flow("OnAny", "End")
        );

        play.Reject("Call", "NO");

        play.State.Variables.Keys.ShouldBe(["reason"]);
        play.Variable("reason").ShouldBe("\"NO C1\"");
    }

    [Fact]
    public void A_business_error_that_nothing_takes_is_an_incident_and_the_task_can_be_retried()
    {
        var play = Play.Begin(Guarded("OTHER"));
        var first = play.Requests.Single().TaskId;

        play.Reject("Call", "BLACKLISTED");

        var incident = play.State.Incidents.Single();
        incident.Kind.ShouldBe(IncidentKind.UncaughtError);
        incident.Code.ShouldBe("BLACKLISTED");
        incident.TaskId.ShouldBe(first);
        play.Do(new RetryIncident(incident.Key));

        play.Requests.Single().TaskId.ShouldNotBe(first);
        play.State.Incidents.ShouldBeEmpty();
        play.Complete("Call");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void A_task_that_was_given_up_is_an_incident_even_when_a_boundary_event_takes_all_business_errors()
    {
        var play = Play.Begin(Guarded([null]));

        play.Fail("Call");

        var incident = play.State.Incidents.Single();
        incident.Kind.ShouldBe(IncidentKind.Failed);
        incident.FailureId.ShouldBe("failure-1");
        incident.Message.ShouldContain("Nobody listens.");
        play.Do(new RetryIncident(incident.Key));
        play.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_boundary_event_with_the_code_for_technical_failures_takes_a_task_that_was_given_up()
    {
        var play = Play.Begin(Guarded("TECHNICAL_FAILURE"));

        play.Fail("Call");

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.State.Variables["error"]
            .GetProperty("data")
            .GetProperty("code")
            .GetString()
            .ShouldBe("connection-refused");
    }

    [Fact]
    public void A_parked_task_shows_as_an_incident_until_its_final_event()
    {
        var play = Play.Begin(Guarded());

        play.Park("Call");
        play.Park("Call");

        var incident = play.State.Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.Parked);
        play.Try(new RetryIncident(incident.Key)).ShouldNotBeNull().ShouldContain("error treatment");
        play.Complete("Call");
        play.State.Incidents.ShouldBeEmpty();
        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.Cancellations.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_first_final_event_of_a_task_counts()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call").Service("Next").End().Flow("Start", "Call", "Next", "End")
        );
        var key = play.Key("Call");

        play.Complete("Call", new { answer = "first" });
        play.Do(new CompleteTask(key, Play.Json(new { answer = "second" })));
        play.Do(new RejectTask(key, new BusinessError("LATE", "Too late.")));

        play.Variable("answer").ShouldBe("\"first\"");
        play.OpenElements.ShouldBe(["Next"]);
        play.History.Count(entry => entry.Type == HistoryTypes.ResultIgnored).ShouldBe(2);
    }

    [Fact]
    public void A_result_after_the_cancellation_is_recorded_and_changes_nothing()
    {
        var play = Play.Begin(Guarded());
        var key = play.Key("Call");

        play.Do(new Cancel("Enough."));
        var ended = play.State.EndedAt;
        play.Wait(TimeSpan.FromMinutes(1));
        play.Do(new CompleteTask(key, Play.Json(new { answer = 1 })));

        play.State.Status.ShouldBe(InstanceStatus.Cancelled);
        play.State.EndedAt.ShouldBe(ended);
        play.State.Variables.Keys.ShouldNotContain("answer");
        play.History.Last().Type.ShouldBe(HistoryTypes.ResultIgnored);
    }
}
