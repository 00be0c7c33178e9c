using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class MessageTests
{
    private static Drawing Paid() =>
        new Drawing().Start().Receive("Payment", "payment").End().Flow("Start", "Payment", "End");

    [Theory]
    [InlineData("A1", "A1")]
    [InlineData(17, "17")]
    public void A_receive_task_waits_for_its_message_with_its_correlation_key(object orderId, string key)
    {
        var play = Play.Begin(Paid(), new { orderId });

        play.State.Open.Single().Message.ShouldBe(new OpenMessage("payment", key));
        play.Deliver("Payment", new { amount = 12 });

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.Variable("amount").ShouldBe("12");
    }

    [Fact]
    public void An_intermediate_catch_event_waits_the_same_way()
    {
        var play = Play.Begin(
            new Drawing().Start().CatchMessage("Payment", "payment").End().Flow("Start", "Payment", "End"),
            new { orderId = "A1" }
        );

        play.Deliver("Payment");

        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void Outputs_of_a_message_are_mapped()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Receive("Payment", "payment", outputs: [("paid", "=amount >= 10")])
                .End()
                .Flow("Start", "Payment", "End"),
            new { orderId = "A1" }
        );

        play.Deliver("Payment", new { amount = 12 });

        play.State.Variables.Keys.ShouldBe(["orderId", "paid"]);
        play.Variable("paid").ShouldBe("true");
    }

    [Fact]
    public void A_correlation_key_that_is_no_text_or_number_is_an_incident()
    {
        var play = Play.Begin(Paid());

        var incident = play.State.Incidents.Single();
        incident.Code.ShouldBe("unusable-value");
        incident.Message.ShouldContain("=orderId");
        play.Do(new SetVariables(Play.Json(new { orderId = "A1" })));
        play.Do(new RetryIncident(incident.Key));
        play.State.Open.Single().Message!.CorrelationKey.ShouldBe("A1");
    }

    [Theory]
    [InlineData("a\u0000b")]
    [InlineData(null)]
    public void A_correlation_key_that_no_database_can_look_up_is_an_incident(string? orderId)
    {
        var play = Play.Begin(Paid(), new { orderId = orderId ?? new string('x', 300) });

        play.State.Incidents.Single().Code.ShouldBe("unusable-value");
    }

    [Fact]
    public void A_message_that_nobody_waits_for_any_more_is_refused()
    {
        var play = Play.Begin(Paid(), new { orderId = "A1" });
        var key = play.Key("Payment");
        play.Deliver("Payment");

        play.Try(new DeliverMessage(key, Play.Json(new { }))).ShouldNotBeNull().ShouldContain("no longer waits");
    }

    [Fact]
    public void A_message_start_event_begins_with_what_the_message_carries()
    {
        var play = Play.Begin(
            new Drawing()
                .Start("Start", "order-placed", Drawing.Mappings(null, [("id", "=order.id")]))
                .End()
                .Flow("Start", "End"),
            new { order = new { id = 5 } },
            "order-placed"
        );

        play.State.Variables.Keys.ShouldBe(["id"]);
        play.Variable("id").ShouldBe("5");
    }
}
