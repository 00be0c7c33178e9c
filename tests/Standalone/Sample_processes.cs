using System.Xml.Linq;
using Integration.Standalone.Samples;

namespace Integration.Standalone.Tests;

/// <summary>The files open in a modeler as they are drawn; that they deploy and run, the whole program shows.</summary>
public sealed class Sample_processes
{
    private static readonly XNamespace _bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static readonly XNamespace _diagram = "http://www.omg.org/spec/BPMN/20100524/DI";

    public static TheoryData<string> Ids => [.. SampleProcess.All.Select(process => process.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Everything_in_a_process_is_drawn(string id)
    {
        var file = Load(id);
        var drawn = file.Descendants()
            .Where(element => element.Name.Namespace == _diagram)
            .Select(element => element.Attribute("bpmnElement")?.Value)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

        file.Root!.Element(_bpmn + "process")!
            .Elements()
            .Where(element => element.Name != _bpmn + "documentation")
            .Select(element => element.Attribute("id")!.Value)
            .Except(drawn)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_end_event_is_what_some_run_expects()
    {
        var ends =
            from process in SampleProcess.All
            from end in Load(process.Id).Descendants(_bpmn + "endEvent")
            select $"{process.Id} {end.Attribute("id")!.Value}";

        ends.ShouldBe(SampleRun.All.Select(run => $"{run.Definition} {run.Ends}"), ignoreOrder: true);
    }

    private static XDocument Load(string id)
    {
        using var file = SampleProcess.All.Single(process => process.Id == id).Open();
        return XDocument.Load(file);
    }
}
