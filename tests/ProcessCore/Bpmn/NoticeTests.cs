using Integration.ProcessCore.Bpmn;

namespace Integration.ProcessCore.Tests.Bpmn;

/// <summary>What is taken though it has no effect, as in Camunda 8, and told to whoever deploys it.</summary>
public sealed class NoticeTests
{
    private const string Definition = "<zeebe:taskDefinition type=\"a\" />";

    private static string Extensions(string inside) => $"<bpmn:extensionElements>{inside}</bpmn:extensionElements>";

    private static Drawing Task(string inside = "", string extensions = "", string attributes = "") =>
        new Drawing()
            .Start()
            .Raw(
                $"<bpmn:serviceTask id=\"Odd\"{attributes}>{Extensions(Definition + Drawing.Mappings([("a", "=1")], null) + extensions)}"
                    + $"{inside}</bpmn:serviceTask>"
            )
            .End()
            .Flow("Start", "Odd", "End");

    private static IReadOnlyList<Notice> Taken(Drawing drawing)
    {
        var reading = BpmnReader.Read(drawing.Xml);
        reading.Problems.ShouldBeEmpty();
        reading.Model.ShouldNotBeNull();
        return reading.Notices;
    }

    private static void Noted(Drawing drawing, string element, string text)
    {
        var notice = Taken(drawing).ShouldHaveSingleItem();
        notice.Element.ShouldBe(element);
        notice.Text.ShouldContain(text);
    }

    [Theory]
    [InlineData("<zeebe:userTaskForm id=\"F\">{}</zeebe:userTaskForm>", "zeebe:userTaskForm")]
    [InlineData("<zeebe:formDefinition formId=\"f\" />", "zeebe:formDefinition")]
    [InlineData("<zeebe:userTask />", "zeebe:userTask")]
    [InlineData("<zeebe:assignmentDefinition assignee=\"me\" />", "zeebe:assignmentDefinition")]
    [InlineData("<camunda:formData />", "camunda:formData")]
    [InlineData("<camunda:properties />", "camunda:properties")]
    public void Leftovers_of_forms(string extension, string text)
    {
        Noted(Task(extensions: extension), "Odd", text);
        Noted(new Drawing().Raw(Extensions(extension)).Start().End().Flow("Start", "End"), "order", text);
    }

    [Theory]
    [InlineData("camunda:asyncBefore=\"true\"", "camunda:asyncBefore")]
    [InlineData("camunda:class=\"com.example.A\"", "camunda:class")]
    [InlineData("zeebe:somethingNew=\"1\"", "zeebe:somethingNew")]
    public void Attributes_of_Camunda_7_and_unknown_ones(string attribute, string text) =>
        Noted(Task(attributes: " " + attribute), "Odd", text);

    [Fact]
    public void A_line_from_a_data_object()
    {
        var drawing = Task(
                "<bpmn:property id=\"Property_1\" name=\"__targetRef_placeholder\" /><bpmn:dataInputAssociation id=\"DIA\">"
                    + "<bpmn:sourceRef>DOR</bpmn:sourceRef><bpmn:targetRef>Property_1</bpmn:targetRef></bpmn:dataInputAssociation>"
            )
            .Raw("<bpmn:dataObjectReference id=\"DOR\" dataObjectRef=\"DO\" /><bpmn:dataObject id=\"DO\" />");

        Taken(drawing).Select(notice => notice.Element).ShouldBe(["Property_1", "DOR", "DO"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("<bpmn:ioSpecification id=\"IO\" />")]
    [InlineData("<bpmn:property id=\"IO\" name=\"x\" />")]
    public void Descriptions_of_data(string part)
    {
        Noted(Task(part), "IO", "has no effect");
        Noted(new Drawing().Raw(part).Start().End().Flow("Start", "End"), "IO", "has no effect");
    }

    [Fact]
    public void An_element_that_no_token_reaches()
    {
        Noted(Task().End("Lost"), "Lost", "it never happens");
        Noted(Task().Service("Lost", inputs: [("a", "=1")]), "Lost", "it never happens");
    }

    [Fact]
    public void A_join_that_waits_for_what_never_comes_is_refused() =>
        BpmnReader
            .Read(
                new Drawing()
                    .Start()
                    .Service("Call")
                    .Service("Lost")
                    .Parallel("Join")
                    .End()
                    .Flow("Start", "Call", "Join", "End")
                    .Flow("Lost", "Join")
                    .Xml
            )
            .Problems.ShouldHaveSingleItem()
            .Element.ShouldBe("Join");

    [Fact]
    public void A_task_that_gets_no_inputs()
    {
        Noted(
            new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"),
            "Call",
            "set the property taskInputs of the process to variables"
        );
        Taken(new Drawing().Start().Service("Call", headers: [("a", "b")]).End().Flow("Start", "Call", "End"))
            .ShouldBeEmpty();
        Taken(Sending("variables")).ShouldBeEmpty();
    }

    [Fact]
    public void A_value_of_the_property_that_is_not_known_is_refused() =>
        BpmnReader.Read(Sending("all").Xml).Problems.ShouldHaveSingleItem().WayOut.ShouldContain("variables");

    private static Drawing Sending(string value) =>
        new Drawing()
            .Raw(
                Extensions(
                    $"<zeebe:properties><zeebe:property name=\"taskInputs\" value=\"{value}\" /></zeebe:properties>"
                )
            )
            .Start()
            .Service("Call")
            .End()
            .Flow("Start", "Call", "End");

    [Theory]
    [InlineData("startEvent", "")]
    [InlineData("intermediateCatchEvent", "")]
    [InlineData("receiveTask", "")]
    public void An_inbound_connector_is_refused_as_nothing_will_trigger_it(string element, string inside)
    {
        var inbound = Extensions(
            "<zeebe:properties><zeebe:property name=\"inbound.type\" value=\"io.camunda:webhook:1\" /></zeebe:properties>"
        );
        var reading = BpmnReader.Read(
            new Drawing()
                .Raw($"<bpmn:{element} id=\"Odd\">{inbound}{inside}</bpmn:{element}>")
                .Start()
                .End()
                .Flow("Start", "End")
                .Xml
        );

        reading.Problems.ShouldContain(problem =>
            problem.Element == "Odd" && problem.Reason.Contains("\"io.camunda:webhook:1\"")
        );
    }

    [Fact]
    public void What_was_deployed_with_an_inbound_connector_goes_on()
    {
        var xml = new Drawing()
            .Start(
                extensions: "<zeebe:properties><zeebe:property name=\"inbound.type\" value=\"io.camunda:webhook:1\" /></zeebe:properties>"
            )
            .End()
            .Flow("Start", "End")
            .Xml;

        BpmnReader.Read(xml).Problems.ShouldHaveSingleItem();
        BpmnReader.ReadStored(xml).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_connector_of_Camunda_is_refused_by_its_name() =>
        BpmnReader
            .Read(
                new Drawing().Start().Service("Call", "io.camunda:http-json:1").End().Flow("Start", "Call", "End").Xml
            )
            .Problems.ShouldHaveSingleItem()
            .WayOut.ShouldContain("rest.request");

    [Fact]
    public void What_is_left_of_a_message_on_an_event_that_throws_none() =>
        Noted(new Drawing().Start().End(extensions: Definition).Flow("Start", "End"), "End", "throws no message");
}
