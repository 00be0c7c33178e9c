using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class GatewayTests
{
    private static Drawing Choice(string? defaultFlow) =>
        new Drawing()
            .Start()
            .Exclusive("Amount", defaultFlow)
            .End("Small")
            .End("Large")
            .End("Other")
            .Flow("Start", "Amount")
            .If("Amount", "Small", "=amount < 100")
            .If("Amount", "Large", "=amount >= 100")
            .If("Amount", "Other", "=false");

    [Theory]
    [InlineData(99, "Amount_Small")]
    [InlineData(100, "Amount_Large")]
    public void An_exclusive_gateway_takes_the_first_flow_whose_condition_holds(int amount, string flow)
    {
        var play = Play.Begin(Choice(null), new { amount });

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.History.Count(entry => entry.Element == flow).ShouldBe(1);
        play.History.Count(entry => entry.Type == HistoryTypes.FlowTaken).ShouldBe(2);
    }

    [Fact]
    public void Without_a_condition_that_holds_the_default_flow_is_taken()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Exclusive("Gate", "Gate_Other")
                .End("Yes")
                .End("Other")
                .Flow("Start", "Gate", "Other")
                .If("Gate", "Yes", "=ok"),
            new { ok = false }
        );

        play.History.ShouldContain(entry => entry.Element == "Gate_Other");
    }

    [Fact]
    public void No_condition_that_holds_and_no_default_is_an_incident_that_can_be_retried()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Exclusive("Gate")
                .End("Yes")
                .End("No")
                .Flow("Start", "Gate")
                .If("Gate", "Yes", "=answer = \"yes\"")
                .If("Gate", "No", "=answer = \"no\""),
            new { answer = "maybe" }
        );

        var incident = play.State.Incidents.Single();
        incident.Code.ShouldBe("no-flow");
        incident.Element.ShouldBe("Gate");
        play.State.Status.ShouldBe(InstanceStatus.Running);

        play.Do(new RetryIncident(incident.Key));
        play.State.Incidents.Single().Code.ShouldBe("no-flow");

        play.Do(new SetVariables(Play.Json(new { answer = "yes" })));
        play.Do(new RetryIncident(play.State.Incidents.Single().Key));
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void A_condition_that_is_neither_true_nor_false_is_an_incident_naming_the_expression()
    {
        var play = Play.Begin(Choice("Amount_Other"), new { amount = "many" });

        var incident = play.State.Incidents.Single();
        incident.Code.ShouldBe("condition-not-boolean");
        incident.Message.ShouldContain("amount < 100");
    }

    private static Drawing Fork() =>
        new Drawing()
            .Start()
            .Parallel("Fork")
            .Service("A")
            .Service("B")
            .Parallel("Join")
            .Service("After")
            .End()
            .Flow("Start", "Fork", "A", "Join", "After", "End")
            .Flow("Fork", "B", "Join");

    [Fact]
    public void A_parallel_gateway_begins_all_branches_and_waits_for_all()
    {
        var play = Play.Begin(Fork());
        play.Requests.Count.ShouldBe(2);

        play.Complete("B");
        play.Requests.ShouldBeEmpty();
        play.Complete("A");

        play.Requests.ShouldHaveSingleItem().Process!.Element.ShouldBe("After");
        play.State.Arrived.ShouldBeEmpty();
        play.Complete("After");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void A_join_needs_a_token_from_each_flow_not_two_from_one()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Parallel("Fork")
                .Service("A")
                .Service("B")
                .Service("C")
                .Exclusive("Merge")
                .Parallel("Join")
                .End()
                .Flow("Start", "Fork", "A", "Merge", "Join", "End")
                .Flow("Fork", "B", "Merge")
                .Flow("Fork", "C", "Join")
        );

        play.Complete("A");
        play.Complete("B");
        play.State.Status.ShouldBe(InstanceStatus.Running);
        play.State.Incidents.ShouldBeEmpty();
        play.Complete("C");

        // One token of the merge remains, and nothing can join it any more.
        play.State.Incidents.Single().Kind.ShouldBe(IncidentKind.Stuck);
    }

    [Fact]
    public void A_join_that_can_never_complete_is_an_incident_not_an_endless_wait()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Exclusive("Choose", "Choose_A")
                .Service("A")
                .Service("B")
                .Parallel("Join")
                .End()
                .Flow("Start", "Choose", "A", "Join", "End")
                .If("Choose", "B", "=false")
                .Flow("B", "Join")
        );

        play.Complete("A");

        var incident = play.State.Incidents.Single();
        incident.Kind.ShouldBe(IncidentKind.Stuck);
        incident.Element.ShouldBe("Join");
        play.Try(new RetryIncident(incident.Key)).ShouldNotBeNull().ShouldContain("cancel");
        play.Do(new Cancel(null));
        play.State.Status.ShouldBe(InstanceStatus.Cancelled);
    }

    [Fact]
    public void One_branch_with_an_incident_does_not_stop_the_other()
    {
        var play = Play.Begin(Fork());

        play.Fail("A");
        play.Complete("B");

        play.State.Incidents.Single().Element.ShouldBe("A");
        play.State.Arrived.ShouldBe(["B_Join"]);
    }
}
