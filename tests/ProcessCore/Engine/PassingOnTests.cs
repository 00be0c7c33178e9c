using System.Text.Json;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

/// <summary>Values on their way through a process.</summary>
public sealed class PassingOnTests
{
    private static Drawing Calls(params (string Target, string Source)[] inputs) =>
        new Drawing().Start().Service("Call", inputs: inputs).End().Flow("Start", "Call", "End");

    [Theory]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("1e-30")]
    [InlineData("1E5")]
    [InlineData("1.50")]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    public void A_number_that_is_only_mapped_reaches_the_task_and_comes_back_unchanged(string number)
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service(
                    "Call",
                    inputs: [("id", "=n"), ("order.id", "=n"), ("all", "={list: [n], inner: {n: n}}")],
                    outputs: [("back", "=answer")]
                )
                .End()
                .Flow("Start", "Call", "End"),
            JsonElement.Parse($"{{\"n\":{number}}}")
        );

        var inputs = play.Requests.ShouldHaveSingleItem().Inputs;
        inputs.GetProperty("id").GetRawText().ShouldBe(number);
        inputs.GetProperty("order").GetProperty("id").GetRawText().ShouldBe(number);
        inputs.GetProperty("all").GetRawText().ShouldBe($"{{\"list\":[{number}],\"inner\":{{\"n\":{number}}}}}");
        play.Complete("Call", JsonElement.Parse($"{{\"answer\":{number}}}"));
        play.Variable("back").ShouldBe(number);
    }

    [Theory]
    [InlineData("5.0", "5")]
    [InlineData("5", "5")]
    [InlineData("50e-1", "5")]
    [InlineData("5e2", "500")]
    [InlineData("-0.0", "0")]
    [InlineData("5.50", "5.5")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    [InlineData("\"5.0\"", "5.0")]
    public void A_correlation_key_is_the_number_and_not_its_spelling(string key, string text)
    {
        var play = Play.Begin(
            new Drawing().Start().Receive("Wait", "paid", "=key").End().Flow("Start", "Wait", "End"),
            JsonElement.Parse($"{{\"key\":{key}}}")
        );

        play.State.Open.ShouldHaveSingleItem().Message!.CorrelationKey.ShouldBe(text);
    }

    [Fact]
    public void A_number_without_end_is_no_correlation_key()
    {
        var play = Play.Begin(
            new Drawing().Start().Receive("Wait", "paid", "=key").End().Flow("Start", "Wait", "End"),
            JsonElement.Parse("{\"key\":1e999999}")
        );

        play.State.Incidents.ShouldHaveSingleItem().Code.ShouldBe("unusable-value");
    }

    [Fact]
    public void A_mapping_that_cannot_be_computed_is_told_in_the_history()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service(
                    "Call",
                    inputs: [("total", "=net * tax"), ("note", "=remark")],
                    outputs: [("due", "=invoice.due")]
                )
                .End()
                .Flow("Start", "Call", "End"),
            new { net = 5, remark = (string?)null }
        );
        play.Complete("Call", new { invoice = new { secret = "s3cret" } });

        var notices = play.History.FindAll(entry => entry.Type == HistoryTypes.MappingNull);
        notices.Select(entry => entry.Element).ShouldBe(["Call", "Call"]);
        notices[0].Detail!.ShouldStartWith("The mapping of total gives null. There is no variable 'tax'.");
        notices[1].Detail!.ShouldStartWith("The mapping of due gives null. The context has no entry 'due'.");
        notices.ShouldAllBe(entry => !entry.Detail!.Contains("s3cret"));
    }

    [Fact]
    public void A_task_without_mappings_gets_nothing_unless_the_process_says_that_it_gets_the_variables()
    {
        Play.Begin(Calls(), new { a = 1 }).Requests[0].Inputs.GetRawText().ShouldBe("{}");

        var sends = Saying("variables")
            .Start()
            .Service("All", headers: [("a", "fixed"), ("deadline", "PT5M")])
            .Service("Some", inputs: [("b", "=b")])
            .End()
            .Flow("Start", "All", "Some", "End");
        var play = Play.Begin(sends, new { a = 1, b = 2 });
        play.Requests[0].Inputs.GetRawText().ShouldBe("{\"a\":\"fixed\",\"b\":2}");
        play.Complete("All");
        play.Requests[0].Inputs.GetRawText().ShouldBe("{\"b\":2}");
    }

    [Theory]
    [InlineData(null, TaskInputs.Mapped, "{}")]
    [InlineData(null, TaskInputs.Variables, "{\"a\":1}")]
    [InlineData("mapped", TaskInputs.Variables, "{}")]
    [InlineData("variables", TaskInputs.Mapped, "{\"a\":1}")]
    public void What_the_process_says_of_its_inputs_goes_before_the_setting_for_all(
        string? property,
        TaskInputs setting,
        string expected
    )
    {
        var drawing = property is null ? new Drawing() : Saying(property);
        var process = drawing.Start().Service("Call").End().Flow("Start", "Call", "End");

        var play = Play.Begin(process, new { a = 1 }, inputs: setting);

        play.Requests.ShouldHaveSingleItem().Inputs.GetRawText().ShouldBe(expected);
    }

    private static Drawing Saying(string inputs) =>
        new Drawing().Raw(
            $"<bpmn:extensionElements><zeebe:properties><zeebe:property name=\"taskInputs\" value=\"{inputs}\" />"
                + "</zeebe:properties></bpmn:extensionElements>"
        );

    [Fact]
    public void A_script_in_FEEL_is_computed_by_the_engine()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Element(
                    "scriptTask",
                    "Add",
                    "<zeebe:script expression=\"=a + local\" resultVariable=\"sum\" />"
                        + Drawing.Mappings([("local", "=10")], null)
                )
                .Element("scriptTask", "Miss", "<zeebe:script expression=\"=unknown\" resultVariable=\"none\" />")
                .Service("Call", inputs: [("sum", "=sum")])
                .End()
                .Flow("Start", "Add", "Miss", "Call", "End"),
            new { a = 1 }
        );

        play.Requests[0].Inputs.GetProperty("sum").GetInt32().ShouldBe(11);
        play.State.Variables.ContainsKey("local").ShouldBeFalse();
        play.Variable("none").ShouldBe("null");
        play.History.ShouldContain(entry => entry.Type == HistoryTypes.MappingNull && entry.Element == "Miss");
    }

    [Fact]
    public void Tasks_and_events_that_nobody_does_are_passed()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Raw(
                    "<bpmn:manualTask id=\"Sign\" /><bpmn:task id=\"Think\" /><bpmn:intermediateThrowEvent id=\"Reached\" />"
                )
                .End()
                .Flow("Start", "Sign", "Think", "Reached", "End")
        );

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.History.Select(entry => entry.Element).ShouldContain("Reached");
    }

    [Theory]
    [InlineData("sendTask", "")]
    [InlineData("businessRuleTask", "")]
    [InlineData("scriptTask", "")]
    [InlineData("intermediateThrowEvent", "<bpmn:messageEventDefinition id=\"M\" />")]
    public void What_has_a_task_definition_asks_a_service_however_it_is_drawn(string element, string trigger)
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Raw(
                    $"<bpmn:{element} id=\"Send\"><bpmn:extensionElements><zeebe:taskDefinition type=\"mail.send\" />"
                        + $"</bpmn:extensionElements>{trigger}</bpmn:{element}>"
                )
                .End()
                .Flow("Start", "Send", "End")
        );

        play.Requests.ShouldHaveSingleItem().Operation.ShouldBe("mail.send");
        play.Complete("Send");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void An_end_event_that_throws_a_message_ends_when_the_service_has_sent_it()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .End("Tell", "<bpmn:messageEventDefinition id=\"M\" />", "<zeebe:taskDefinition type=\"mail.send\" />")
                .Flow("Start", "Tell")
        );

        play.Requests.ShouldHaveSingleItem().Operation.ShouldBe("mail.send");
        play.State.Status.ShouldBe(InstanceStatus.Running);
        play.Complete("Tell");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void Conditions_are_looked_at_in_the_order_of_the_flows_in_the_file()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Raw(
                    "<bpmn:exclusiveGateway id=\"Gate\"><bpmn:incoming>Start_Gate</bpmn:incoming>"
                        + "<bpmn:outgoing>Gate_B</bpmn:outgoing><bpmn:outgoing>Gate_A</bpmn:outgoing></bpmn:exclusiveGateway>"
                )
                .Service("A")
                .Service("B")
                .Flow("Start", "Gate")
                .If("Gate", "A", "=true")
                .If("Gate", "B", "=true")
        );

        play.OpenElements.ShouldBe(["A"]);
    }
}
