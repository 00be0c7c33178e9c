using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class MappingTests
{
    [Fact]
    public void Without_input_mappings_no_variable_leaves_the_process()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"),
            new { secret = "s" }
        );

        play.Requests.Single().Inputs.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public void Inputs_are_mapped_in_order_nested_and_over_the_headers()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service(
                    "Call",
                    inputs:
                    [
                        ("url", "=\"https://\" + host"),
                        ("body.id", "=orderId"),
                        ("body.url", "=url"),
                        ("text", "plain"),
                    ],
                    headers: [("method", "POST"), ("url", "https://example.invalid")]
                )
                .End()
                .Flow("Start", "Call", "End"),
            new { host = "example.org", orderId = 7 }
        );

        var inputs = play.Requests.Single().Inputs;
        inputs.GetProperty("url").GetString().ShouldBe("https://example.org");
        inputs.GetProperty("method").GetString().ShouldBe("POST");
        inputs.GetProperty("text").GetString().ShouldBe("plain");
        inputs.GetProperty("body").GetRawText().ShouldBe("""{"id":7,"url":"https://example.org"}""");
    }

    [Fact]
    public void Without_output_mappings_all_outputs_become_variables()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"),
            new { kept = 1 }
        );

        play.Complete("Call", new { city = "São Paulo", status = 200 });

        play.State.Variables.Keys.ShouldBe(["kept", "city", "status"]);
    }

    [Fact]
    public void With_output_mappings_only_their_targets_become_variables()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service(
                    "Call",
                    inputs: [("factor", "=10")],
                    outputs: [("result.total", "=amount * price * factor"), ("ok", "=result.total > 100")]
                )
                .End()
                .Flow("Start", "Call", "End"),
            new { price = 2, result = new { before = true } }
        );

        play.Complete("Call", new { amount = 6, noise = "x" });

        play.Variable("result").ShouldBe("""{"before":true,"total":120}""");
        play.Variable("ok").ShouldBe("true");
        play.State.Variables.Keys.ShouldNotContain("noise");
        play.State.Variables.Keys.ShouldNotContain("factor");
    }

    [Fact]
    public void A_missing_variable_is_null()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call", inputs: [("id", "=missing")]).End().Flow("Start", "Call", "End")
        );

        play.Requests.Single().Inputs.GetRawText().ShouldBe("""{"id":null}""");
    }

    [Fact]
    public void A_header_named_deadline_says_how_long_an_answer_may_take()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call", headers: [("deadline", "PT5M")]).End().Flow("Start", "Call", "End")
        );

        play.Requests.Single().Deadline.ShouldBe(play.Now.AddMinutes(5));
        play.Requests.Single().Inputs.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public void Inputs_that_do_not_fit_into_a_message_become_an_incident()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call", inputs: [("text", "=text")]).End().Flow("Start", "Call", "End"),
            new { text = new string('x', 300_000) }
        );

        play.Requests.ShouldBeEmpty();
        play.State.Incidents.Single().Code.ShouldBe("inputs-too-large");
        play.Do(new SetVariables(Play.Json(new { text = "short" })));
        play.Do(new RetryIncident(play.State.Incidents.Single().Key));

        play.State.Incidents.ShouldBeEmpty();
        play.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_expression_that_fails_becomes_an_incident_and_can_be_retried()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("Call", outputs: [("total", "=assert(amount, amount != null)")])
                .End()
                .Flow("Start", "Call", "End")
        );

        play.Complete("Call", new { other = 1 });
        var incident = play.State.Incidents.Single();
        incident.Kind.ShouldBe(IncidentKind.Expression);
        incident.Element.ShouldBe("Call");
        incident.Message.ShouldContain("assert(amount");
        incident.Message.ShouldContain("total");

        play.Do(new SetVariables(Play.Json(new { amount = 3 })));
        play.Do(new RetryIncident(incident.Key));

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.Variable("total").ShouldBe("3");
    }

    [Fact]
    public void A_value_that_is_too_deep_for_readers_becomes_an_incident()
    {
        var deep = "=" + new string('[', 50) + "1" + new string(']', 50);

        var play = Play.Begin(
            new Drawing().Start().Service("Call", outputs: [("x", deep)]).End().Flow("Start", "Call", "End")
        );
        play.Complete("Call");

        play.State.Incidents.Single().Code.ShouldBe("value-too-deep");
    }

    [Fact]
    public void What_came_as_deep_as_a_message_may_be_is_kept()
    {
        var deep = System.Text.Json.JsonElement.Parse(new string('[', 61) + new string(']', 61));
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("Call")
                .OnError("Any", "Call", null)
                .Service("Next")
                .End()
                .Flow("Start", "Call", "End")
                .Flow("Any", "Next", "End")
        );

        play.Reject("Call", "NO", deep);

        play.OpenElements.ShouldBe(["Next"]);
        play.State.Variables["error"].GetProperty("data").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
    }

    [Fact]
    public void Events_map_outputs_too()
    {
        var play = Play.Begin(
            new Drawing()
                .Start(extensions: Drawing.Mappings(null, [("doubled", "=2 * amount")]))
                .End(extensions: Drawing.Mappings(null, [("done", "=true")]))
                .Flow("Start", "End"),
            new { amount = 4 }
        );

        play.Variable("doubled").ShouldBe("8");
        play.Variable("done").ShouldBe("true");
    }
}
