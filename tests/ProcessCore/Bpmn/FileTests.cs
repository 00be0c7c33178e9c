using Integration.Fixtures;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Tests.Bpmn;

public sealed class FileTests
{
    private static Problem Refused(string xml, int limit = BpmnReader.DefaultLimit) =>
        BpmnReader.Read(xml, limit).Problems.ShouldHaveSingleItem();

    [Fact]
    public void A_file_as_Camunda_Modeler_saves_it_is_read_whole()
    {
        var xml = File.ReadAllText(RepositoryFolder.File("tests/ProcessCore/Samples/credit-request.bpmn"));

        var reading = BpmnReader.Read(xml);

        reading.Problems.ShouldBeEmpty();
        reading
            .Notices.Select(notice => notice.Element)
            .ShouldBe(["Verify", "Capacity", "Application_Data", "Application"], ignoreOrder: true);
        var model = reading.Model!;
        model.Id.ShouldBe("credit-request");
        model.Name.ShouldBe("Credit request");
        model.Nodes.Count.ShouldBe(13);
        var verify = (ServiceTask)model.Nodes["Verify"];
        verify.Operation.ShouldBe("rest.request");
        verify.Version.ShouldBe(1);
        verify.Inputs.Select(input => input.TargetText).ShouldBe(["url", "method"]);
        verify.Outputs.ShouldHaveSingleItem().TargetText.ShouldBe("blackListed");
        ((ErrorEventDefinition)((BoundaryEvent)model.Nodes["Listed"]).EventDefinition).Code.ShouldBe("BLACKLISTED");
        model.Outgoing("Approve").Select(flow => flow.Id).ShouldBe(["Flow_Approve", "Flow_Refuse"]);
    }

    [Fact]
    public void A_document_type_is_not_taken() =>
        Refused("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")
            .Reason.ShouldContain("document type");

    [Fact]
    public void A_file_over_its_limit_is_not_taken() =>
        Refused(new Drawing().Start().End().Flow("Start", "End").Xml, 500)
            .WayOut.ShouldContain("Core__DefinitionLimit");

    [Theory]
    [InlineData("", "not XML")]
    [InlineData("{}", "not XML")]
    [InlineData("<definitions />", "root element is definitions")]
    public void Something_else_than_BPMN_is_not_taken(string xml, string reason) =>
        Refused(xml).Reason.ShouldContain(reason);

    [Fact]
    public void A_process_that_is_not_executable_is_not_taken() =>
        Refused(new Drawing().Start().End().Flow("Start", "End").Xml.Replace("isExecutable=\"true\"", ""))
            .WayOut.ShouldContain("Executable");

    [Fact]
    public void Two_executable_processes_in_one_file_are_both_read()
    {
        var xml = new Drawing()
            .Start()
            .End()
            .Flow("Start", "End")
            .Root("<bpmn:process id=\"other\" isExecutable=\"true\"><bpmn:startEvent id=\"Begin\" /></bpmn:process>")
            .Xml;

        Refused(xml).Element.ShouldBe("Begin");
        BpmnReader
            .Read(xml.Replace("<bpmn:startEvent id=\"Begin\" />", Whole))
            .Models.Select(model => model.Id)
            .ShouldBe(["order", "other"]);
    }

    private const string Whole =
        "<bpmn:startEvent id=\"Begin\" /><bpmn:endEvent id=\"Done\" /><bpmn:sequenceFlow id=\"F\" sourceRef=\"Begin\" targetRef=\"Done\" />";

    [Fact]
    public void A_pool_that_is_only_drawn_is_passed_over()
    {
        var xml = new Drawing()
            .Start()
            .End()
            .Flow("Start", "End")
            .Root(
                "<bpmn:process id=\"customer\"><bpmn:userTask id=\"Pay\" /></bpmn:process><bpmn:collaboration id=\"C\" />"
            )
            .Xml;

        BpmnReader.Read(xml).Model!.Nodes.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("PT15M", 0, 900)]
    [InlineData("P1DT12H", 0, 129_600)]
    [InlineData("P2W", 0, 1_209_600)]
    [InlineData("P1Y2M", 14, 0)]
    [InlineData("PT0.5S", 0, 0.5)]
    [InlineData("-PT5S", 0, -5)]
    public void Durations_are_read(string text, int months, double seconds)
    {
        IsoDuration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(new IsoDuration(months, TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("15M")]
    [InlineData("PT15")]
    [InlineData("P1H")]
    [InlineData("P999999Y999999M99999999D")]
    public void What_is_no_duration_is_not_read(string text)
    {
        if (IsoDuration.TryParse(text, out var duration))
            Should.Throw<ArgumentOutOfRangeException>(() => DateTimeOffset.UnixEpoch + duration);
    }
}
