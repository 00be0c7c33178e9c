using Integration.Contracts;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class TimeTests
{
    [Theory]
    [InlineData("PT15M", 15)]
    [InlineData("=duration(\"PT10M\") + duration(\"PT5M\")", 15)]
    [InlineData("=pause", 15)]
    public void An_intermediate_timer_waits_for_its_duration(string duration, int minutes)
    {
        var play = Play.Begin(
            new Drawing().Start().CatchTimer("Wait", duration).End().Flow("Start", "Wait", "End"),
            new { pause = "PT15M" }
        );

        play.State.NextDue().ShouldBe(play.Now.AddMinutes(minutes));
        play.Wait(TimeSpan.FromMinutes(minutes - 1));
        play.State.Status.ShouldBe(InstanceStatus.Running);
        play.Wait(TimeSpan.FromMinutes(1));
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Theory]
    [InlineData("2026-12-01T10:30:00Z")]
    [InlineData("=date and time(\"2026-12-01T11:30:00+01:00\")")]
    [InlineData("=now() + duration(\"PT30M\")")]
    public void An_intermediate_timer_waits_for_its_date(string date)
    {
        var play = Play.Begin(new Drawing().Start().CatchDate("Wait", date).End().Flow("Start", "Wait", "End"));

        play.State.NextDue().ShouldBe(play.Now.AddMinutes(30));
    }

    [Fact]
    public void A_month_counts_by_the_calendar()
    {
        var play = Play.Begin(new Drawing().Start().CatchTimer("Wait", "P1M").End().Flow("Start", "Wait", "End"));

        play.State.NextDue().ShouldBe(DateTimeOffset.Parse("2027-01-01T10:00:00Z"));
    }

    [Fact]
    public void A_timer_without_a_usable_value_is_an_incident_that_can_be_retried()
    {
        var play = Play.Begin(
            new Drawing().Start().CatchTimer("Wait", "=pause").End().Flow("Start", "Wait", "End"),
            new { pause = "soon" }
        );

        play.State.Incidents.Single().Code.ShouldBe("unusable-timer");
        play.Do(new SetVariables(Play.Json(new { pause = "PT1M" })));
        play.Do(new RetryIncident(play.State.Incidents.Single().Key));
        play.Wait(TimeSpan.FromMinutes(1));
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    private static Drawing Escalating(bool interrupting) =>
        new Drawing()
            .Start()
            .Service("Call")
            .OnTimer("Slow", "Call", "PT10M", interrupting)
            .Service("Remind")
            .End("Done")
            .End("Reminded")
            .Flow("Start", "Call", "Done")
            .Flow("Slow", "Remind", "Reminded");

    [Fact]
    public void An_interrupting_timer_withdraws_the_task_and_its_result_no_longer_counts()
    {
        var play = Play.Begin(Escalating(interrupting: true));
        var key = play.Key("Call");
        var taskId = play.Requests.Single().TaskId;

        play.Wait(TimeSpan.FromMinutes(10));

        play.Cancellations.ShouldHaveSingleItem().TaskId.ShouldBe(taskId);
        play.OpenElements.ShouldBe(["Remind"]);
        play.Do(new CompleteTask(key, Play.Json(new { answer = 1 })));
        play.OpenElements.ShouldBe(["Remind"]);
        play.State.Variables.ShouldBeEmpty();
    }

    [Fact]
    public void A_result_before_the_timer_stops_it()
    {
        var play = Play.Begin(Escalating(interrupting: true));

        play.Complete("Call");

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.State.NextDue().ShouldBeNull();
        play.Wait(TimeSpan.FromMinutes(10));
        play.Outgoing.ShouldBeEmpty();
    }

    [Fact]
    public void A_timer_that_does_not_interrupt_fires_once_and_lets_the_task_go_on()
    {
        var play = Play.Begin(Escalating(interrupting: false));

        play.Wait(TimeSpan.FromMinutes(10));
        play.Wait(TimeSpan.FromMinutes(10));

        play.Requests.ShouldBeEmpty();
        play.Cancellations.ShouldBeEmpty();
        play.OpenElements.ShouldBe(["Call", "Remind"], ignoreOrder: true);
        play.Complete("Call");
        play.Complete("Remind");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void A_timer_on_a_receive_task_bounds_the_wait()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Receive("Payment", "payment")
                .OnTimer("Late", "Payment", "P3D")
                .End()
                .ErrorEnd("Unpaid", "UNPAID")
                .Flow("Start", "Payment", "End")
                .Flow("Late", "Unpaid"),
            new { orderId = "A1" }
        );

        play.Wait(TimeSpan.FromDays(3));

        play.State.ErrorCode.ShouldBe("UNPAID");
    }

    private static Play Overdue()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call", inputs: [("id", "=7")]).End().Flow("Start", "Call", "End")
        );
        play.Wait(TimeSpan.FromHours(1));
        return play;
    }

    [Fact]
    public void A_task_without_an_answer_by_its_deadline_is_reported_with_the_whole_request()
    {
        var play = Overdue();

        var error = play.Outgoing.OfType<ReportError>().ShouldHaveSingleItem().Event;
        error.Error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Error.Code.ShouldBe(ErrorCodes.NoAnswer);
        error.Error.Retryable.ShouldBeFalse();
        error.Request!.Inputs.GetRawText().ShouldBe("""{"id":7}""");
        error.Request.Deadline.ShouldBe(play.Now);
        play.State.Incidents.Single().Kind.ShouldBe(IncidentKind.NoAnswer);
        play.State.NextDue().ShouldBeNull();
    }

    [Fact]
    public void It_is_reported_once()
    {
        var play = Overdue();

        play.Wait(TimeSpan.FromHours(1));

        play.Outgoing.ShouldBeEmpty();
    }

    [Fact]
    public void A_late_answer_still_counts_and_error_treatment_is_told_to_close_its_record()
    {
        var play = Overdue();

        play.Complete("Call", new { answer = 1 });

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.State.Incidents.ShouldBeEmpty();
        play.Variable("answer").ShouldBe("1");
        play.Cancellations.ShouldHaveSingleItem().Reason!.ShouldContain("late");
    }

    [Fact]
    public void A_task_that_waits_for_an_operator_is_not_reported_a_second_time()
    {
        var play = Play.Begin(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        play.Park("Call");

        play.Wait(TimeSpan.FromHours(2));

        play.Outgoing.ShouldBeEmpty();
        play.State.Incidents.Single().Kind.ShouldBe(IncidentKind.Parked);
    }
}
