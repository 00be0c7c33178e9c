using Integration.ProcessCore.Bpmn;

namespace Integration.ProcessCore.Tests.Bpmn;

public sealed class RefusalTests
{
    /// <summary>A process that is right but for what the test adds.</summary>
    private static Drawing Right() => new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End");

    /// <summary>An element in the middle of the process, written out.</summary>
    private static Drawing With(string name, string inside = "", string attributes = "") =>
        new Drawing()
            .Start()
            .Raw($"<bpmn:{name} id=\"Odd\"{attributes}>{inside}</bpmn:{name}>")
            .End()
            .Flow("Start", "Odd", "End");

    private static string Extensions(string inside) => $"<bpmn:extensionElements>{inside}</bpmn:extensionElements>";

    private static Problem Refused(Drawing drawing, string element, string reason)
    {
        var reading = BpmnReader.Read(drawing.Xml);
        reading.Model.ShouldBeNull();
        var problem = reading.Problems.ShouldHaveSingleItem();
        problem.Element.ShouldBe(element);
        problem.Reason.ShouldContain(reason);
        problem.WayOut.ShouldNotBeEmpty();
        return problem;
    }

    [Theory]
    [InlineData("subProcess")]
    [InlineData("adHocSubProcess")]
    [InlineData("transaction")]
    [InlineData("callActivity")]
    [InlineData("userTask")]
    [InlineData("inclusiveGateway")]
    [InlineData("complexGateway")]
    [InlineData("eventBasedGateway")]
    public void An_element_that_is_not_supported_is_refused(string name) =>
        Refused(With(name), "Odd", $"bpmn:{name} is not supported");

    [Theory]
    [InlineData("<bpmn:multiInstanceLoopCharacteristics />", "Multi-instance")]
    [InlineData("<bpmn:standardLoopCharacteristics />", "Loop activities")]
    [InlineData("<bpmn:somethingNew id=\"P\" />", "bpmn:somethingNew")]
    public void A_part_that_would_change_a_task_is_refused(string part, string reason) =>
        Refused(With("serviceTask", Extensions("<zeebe:taskDefinition type=\"a\" />") + part), "Odd", reason);

    [Theory]
    [InlineData("isForCompensation", "true")]
    [InlineData("startQuantity", "2")]
    [InlineData("completionQuantity", "2")]
    public void An_attribute_that_would_change_a_task_is_refused(string attribute, string value) =>
        Refused(
            With("serviceTask", Extensions("<zeebe:taskDefinition type=\"a\" />"), $" {attribute}=\"{value}\""),
            "Odd",
            attribute
        );

    [Theory]
    [InlineData("<zeebe:calledElement processId=\"x\" />", "zeebe:calledElement")]
    [InlineData("<zeebe:executionListeners />", "zeebe:executionListeners")]
    [InlineData("<zeebe:loopCharacteristics />", "zeebe:loopCharacteristics")]
    [InlineData("<zeebe:somethingNew />", "zeebe:somethingNew")]
    [InlineData("<camunda:inputOutput />", "Camunda 7")]
    [InlineData("<zeebe:ioMapping /><zeebe:ioMapping />", "twice")]
    public void An_extension_that_is_not_known_is_refused(string extension, string reason) =>
        Refused(With("serviceTask", Extensions("<zeebe:taskDefinition type=\"a\" />" + extension)), "Odd", reason);

    [Theory]
    [InlineData("serviceTask", "")]
    [InlineData("sendTask", "")]
    [InlineData("businessRuleTask", "")]
    [InlineData("intermediateThrowEvent", "<bpmn:messageEventDefinition />")]
    public void What_asks_a_service_without_a_task_definition_is_refused(string element, string inside) =>
        Refused(With(element, inside), "Odd", "no task definition type");

    [Theory]
    [InlineData("<zeebe:script expression=\"=1 +\" resultVariable=\"a\" />", "no FEEL expression")]
    [InlineData("<zeebe:script expression=\"=1\" />", "no variable for its result")]
    [InlineData("<zeebe:script expression=\"=1\" resultVariable=\"a.b\" />", "no variable for its result")]
    [InlineData(
        "<zeebe:script expression=\"=1\" resultVariable=\"a\" /><zeebe:taskDefinition type=\"a\" />",
        "an expression and a task definition"
    )]
    [InlineData("", "has no FEEL expression")]
    public void A_script_that_cannot_be_computed_is_refused(string extension, string reason) =>
        Refused(With("scriptTask", Extensions(extension)), "Odd", reason);

    [Fact]
    public void A_decision_table_is_refused() =>
        Refused(
            With("businessRuleTask", Extensions("<zeebe:calledDecision decisionId=\"d\" resultVariable=\"r\" />")),
            "Odd",
            "zeebe:calledDecision"
        );

    [Fact]
    public void A_flow_out_of_an_end_event_that_throws_a_message_is_refused() =>
        Refused(
            With(
                "endEvent",
                Extensions("<zeebe:taskDefinition type=\"a\" />") + "<bpmn:messageEventDefinition id=\"M\" />"
            ),
            "Odd",
            "leaves the end event"
        );

    [Theory]
    [InlineData("=operation")]
    [InlineData("rest.request:0")]
    [InlineData("rest.request:x")]
    [InlineData("rest..request")]
    [InlineData("rest.#")]
    [InlineData("a b")]
    public void A_task_type_that_is_no_operation_is_refused(string type) =>
        Refused(
            new Drawing().Start().Service("Call", type).End().Flow("Start", "Call", "End"),
            "Call",
            "is no operation"
        );

    [Theory]
    [InlineData("resultExpression", "x", "connectors")]
    [InlineData("deadline", "5 minutes", "deadline")]
    [InlineData("deadline", "PT0S", "deadline")]
    public void A_header_without_the_effect_that_it_promises_is_refused(string key, string value, string reason) =>
        Refused(
            new Drawing().Start().Service("Call", headers: [(key, value)]).End().Flow("Start", "Call", "End"),
            "Call",
            reason
        );

    [Theory]
    [InlineData("a..b", "=1", "no variable name")]
    [InlineData("", "=1", "no variable name")]
    [InlineData("a", "=1 +", "no FEEL expression")]
    public void A_mapping_that_cannot_work_is_refused(string target, string source, string reason)
    {
        Refused(
            new Drawing().Start().Service("Call", inputs: [(target, source)]).End().Flow("Start", "Call", "End"),
            "Call",
            reason
        );
        Refused(
            new Drawing().Start().Service("Call", outputs: [(target, source)]).End().Flow("Start", "Call", "End"),
            "Call",
            reason
        );
    }

    [Fact]
    public void Input_mappings_where_nothing_takes_inputs_are_refused() =>
        Refused(
            new Drawing().Start().End(extensions: Drawing.Mappings([("a", "=1")], null)).Flow("Start", "End"),
            "End",
            "Input mappings have no effect"
        );

    [Theory]
    [InlineData("=a <", "no FEEL expression")]
    [InlineData("a < 1", "is a text")]
    [InlineData("", "is empty")]
    public void A_condition_that_cannot_work_is_refused(string condition, string reason) =>
        Refused(
            new Drawing()
                .Start()
                .Exclusive("Gate", "Gate_No")
                .End("Yes")
                .End("No")
                .Flow("Start", "Gate", "No")
                .If("Gate", "Yes", condition),
            "Gate_Yes",
            reason
        );

    [Fact]
    public void An_exclusive_gateway_needs_a_condition_on_every_flow_but_the_default() =>
        Refused(
            new Drawing()
                .Start()
                .Exclusive("Gate")
                .End("Yes")
                .End("No")
                .Flow("Start", "Gate", "No")
                .If("Gate", "Yes", "=true"),
            "Gate_No",
            "without a condition"
        );

    [Fact]
    public void A_default_flow_that_does_not_leave_the_gateway_is_refused() =>
        Refused(
            new Drawing().Start().Exclusive("Gate", "Elsewhere").End().Flow("Start", "Gate", "End"),
            "Gate",
            "does not leave the gateway"
        );

    [Fact]
    public void A_condition_on_another_flow_is_refused() =>
        Refused(new Drawing().Start().End().If("Start", "End", "=true"), "Start_End", "exclusive gateway");

    [Theory]
    [InlineData("signalEventDefinition", "signal")]
    [InlineData("timerEventDefinition", "timer")]
    [InlineData("conditionalEventDefinition", "conditional")]
    public void A_start_event_of_another_kind_is_refused(string definition, string kind)
    {
        var reading = BpmnReader.Read(
            new Drawing()
                .Raw($"<bpmn:startEvent id=\"Odd\"><bpmn:{definition} /></bpmn:startEvent>")
                .End()
                .Flow("Odd", "End")
                .Xml
        );
        reading.Problems.ShouldContain(problem =>
            problem.Element == "Odd" && problem.Reason.Contains($"with a {kind} trigger")
        );
    }

    [Theory]
    [InlineData("compensateEventDefinition", "compensate")]
    public void An_end_event_of_another_kind_is_refused(string definition, string kind)
    {
        var reading = BpmnReader.Read(
            new Drawing().Start().End("Odd", $"<bpmn:{definition} />").Flow("Start", "Odd").Xml
        );
        reading.Problems.ShouldContain(problem =>
            problem.Element == "Odd" && problem.Reason.Contains($"with a {kind} trigger")
        );
    }

    [Theory]
    [InlineData("<bpmn:timeCycle>R3/PT1M</bpmn:timeCycle>", "cycle")]
    [InlineData("<bpmn:timeDuration>5 minutes</bpmn:timeDuration>", "timeDuration is \"5 minutes\"")]
    [InlineData("<bpmn:timeDuration>=1 +</bpmn:timeDuration>", "no FEEL expression")]
    [InlineData("<bpmn:timeDate>tomorrow</bpmn:timeDate>", "timeDate is \"tomorrow\"")]
    [InlineData("", "neither a duration nor a date")]
    public void A_timer_that_cannot_work_is_refused(string timer, string reason) =>
        Refused(
            With("intermediateCatchEvent", $"<bpmn:timerEventDefinition>{timer}</bpmn:timerEventDefinition>"),
            "Odd",
            reason
        );

    [Theory]
    [InlineData("<bpmn:message id=\"M\" name=\"paid\" />", "no correlation key")]
    [InlineData("<bpmn:message id=\"M\" />", "is missing")]
    [InlineData("<bpmn:message id=\"M\" name=\"=paid\" />", "is an expression")]
    [InlineData("<bpmn:error id=\"M\" />", "not in the file")]
    public void A_message_that_cannot_be_received_is_refused(string message, string reason) =>
        Refused(With("receiveTask", attributes: " messageRef=\"M\"").Root(message), "Odd", reason);

    [Fact]
    public void A_receive_task_without_a_message_is_refused() =>
        Refused(With("receiveTask"), "Odd", "refers to no message");

    [Fact]
    public void A_receive_task_that_starts_instances_is_refused() =>
        Refused(
            With("receiveTask", attributes: " messageRef=\"M\" instantiate=\"true\"")
                .Root(
                    $"<bpmn:message id=\"M\" name=\"m\">{Extensions("<zeebe:subscription correlationKey=\"=a\" />")}</bpmn:message>"
                ),
            "Odd",
            "instantiate"
        );

    [Fact]
    public void Boundary_events_that_cannot_trigger_are_refused()
    {
        Refused(Right().OnError("Odd", "Start", "X").Flow("Odd", "End"), "Odd", "on nothing that waits");
        Refused(Right().OnError("Odd", "Nowhere", "X").Flow("Odd", "End"), "Odd", "on nothing that waits");
        Refused(
            Right().OnError("First", "Call", "X").OnError("Odd", "Call", "X").Flow("First", "End").Flow("Odd", "End"),
            "Odd",
            "takes the same errors"
        );
        Refused(Right().OnError("Odd", "Call", "X"), "Odd", "No sequence flow leaves it");
        Refused(
            Right()
                .Raw(
                    "<bpmn:boundaryEvent id=\"Odd\" cancelActivity=\"false\" attachedToRef=\"Call\"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>"
                )
                .Flow("Odd", "End"),
            "Odd",
            "always ends its activity"
        );
        Refused(
            Right()
                .Raw(
                    "<bpmn:boundaryEvent id=\"Odd\" attachedToRef=\"Call\"><bpmn:messageEventDefinition /></bpmn:boundaryEvent>"
                )
                .Flow("Odd", "End"),
            "Odd",
            "with a message trigger"
        );
        Refused(
            new Drawing()
                .Start()
                .Receive("Wait", "m")
                .OnError("Odd", "Wait", "X")
                .End()
                .Flow("Start", "Wait", "End")
                .Flow("Odd", "End"),
            "Odd",
            "raises no errors"
        );
    }

    [Fact]
    public void Errors_without_a_fixed_code_are_refused()
    {
        Refused(
            new Drawing()
                .Start()
                .End("Odd", "<bpmn:errorEventDefinition errorRef=\"E\" />")
                .Root("<bpmn:error id=\"E\" name=\"E\" />")
                .Flow("Start", "Odd"),
            "Odd",
            "code of its error is missing"
        );
        Refused(
            new Drawing().Start().End("Odd", "<bpmn:errorEventDefinition />").Flow("Start", "Odd"),
            "Odd",
            "refers to no error"
        );
        Refused(
            new Drawing()
                .Start()
                .End("Odd", "<bpmn:errorEventDefinition errorRef=\"E\" />")
                .Root("<bpmn:error id=\"E\" errorCode=\"=code\" />")
                .Flow("Start", "Odd"),
            "Odd",
            "is an expression"
        );
    }

    [Fact]
    public void A_loop_in_which_nothing_waits_is_refused()
    {
        var reading = BpmnReader.Read(
            new Drawing()
                .Start()
                .Exclusive("In")
                .Exclusive("Out", "Out_End")
                .End()
                .Flow("Start", "In", "Out", "End")
                .If("Out", "In", "=true")
                .Xml
        );
        reading.Problems.Select(problem => problem.Element).ShouldBe(["In", "Out"]);
        reading.Problems[0].Reason.ShouldContain("nothing waits");
    }

    [Fact]
    public void Flows_that_make_no_sense_are_refused()
    {
        Refused(Right().Flow("Call", "Nowhere"), "Call_Nowhere", "\"Nowhere\", which is not there");
        Refused(Right().Flow("Call", "Start"), "Start", "leads into the event");
        Refused(Right().Flow("End", "Call"), "End", "leaves the end event");
        Refused(new Drawing().Start().Exclusive("Gate").Flow("Start", "Gate"), "Gate", "No sequence flow leaves it");
    }

    [Fact]
    public void A_process_needs_one_way_in()
    {
        Refused(Right().Start("Second").Flow("Second", "End"), "Second", "another start event without a trigger");
        Refused(
            Right().Start("M1", "m").Start("M2", "m").Flow("M1", "End").Flow("M2", "End"),
            "M2",
            "another start event for the message"
        );
        var reading = BpmnReader.Read(new Drawing().End().Xml);
        reading.Problems.ShouldContain(problem =>
            problem.Element == "order" && problem.Reason.Contains("no start event")
        );
    }

    [Fact]
    public void An_id_that_stands_twice_is_refused() =>
        Refused(Right().Raw("<bpmn:textAnnotation id=\"Call\" />"), "Call", "more than one element");

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var reading = BpmnReader.Read(
            new Drawing()
                .Start()
                .Raw("<bpmn:userTask id=\"Ask\" />")
                .Service("Call", "=x")
                .Raw("<bpmn:scriptTask id=\"Compute\" />")
                .End()
                .Flow("Start", "Ask", "Call", "Compute", "End")
                .Xml
        );

        reading.Problems.Select(problem => problem.Element).ShouldBe(["Ask", "Call", "Compute"]);
    }
}
