using Integration.Fixtures;
using Integration.ProcessCore.Bpmn;

namespace Integration.ProcessCore.Tests.Bpmn;

/// <summary>What a file costs grows with its size and no faster, whatever its author is up to.</summary>
[Collection(nameof(Alone))]
public sealed class HostileFileTests
{
    public static TheoryData<string> Shapes => [.. HostileXml.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Reading_any_XML_costs_as_much_as_it_is_long(string shape) =>
        LinearAsync(shape, n => new Drawing().Start().Raw(HostileXml.Shapes[shape](n)).End().Flow("Start", "End").Xml);

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task So_does_what_stands_in_extensions_of_a_task(string shape) =>
        LinearAsync(shape, n => Task($"<zeebe:taskDefinition type=\"a.b\" />{HostileXml.Shapes[shape](n)}").Xml);

    [Fact]
    public Task A_chain_of_gateways() => LinearAsync("chain", n => Gateways(n, i => [i + 1]).Xml);

    [Fact]
    public Task A_ring_of_gateways() => LinearAsync("ring", n => Gateways(n, i => [(i + 1) % n]).Xml);

    [Fact]
    public Task Gateways_that_lead_to_one_another() =>
        LinearAsync("ladder", n => Gateways(n, i => [i + 1, Math.Min(i + 2, n)]).Xml);

    [Fact]
    public Task Many_error_events_on_one_task() =>
        LinearAsync(
            "boundary events",
            n =>
            {
                var drawing = new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End");
                for (var i = 0; i < n; i++)
                    drawing.OnError($"E{i}", "Call", $"code-{i}").Flow($"E{i}", "End");
                return drawing.Xml;
            }
        );

    [Fact]
    public Task Many_headers_of_one_task() =>
        LinearAsync(
            "headers",
            n =>
                Task(
                    "<zeebe:taskDefinition type=\"a.b\" /><zeebe:taskHeaders>"
                        + HostileXml.Many(n, i => $"<zeebe:header key=\"k{i}\" value=\"\" />")
                        + "</zeebe:taskHeaders>"
                ).Xml
        );

    [Fact]
    public Task Many_definitions_of_one_task() =>
        LinearAsync(
            "definitions",
            n =>
                Task(
                    HostileXml.Many(n, _ => "<x xmlns='urn:x'/>")
                        + HostileXml.Many(n, _ => "<zeebe:taskDefinition type=\"a.b\" />")
                ).Xml
        );

    [Fact]
    public Task Many_references_to_elements_of_one_id() =>
        LinearAsync(
            "references",
            n =>
            {
                var drawing = new Drawing().Start().End();
                for (var i = 0; i < n; i++)
                    drawing
                        .Root("<bpmn:error id=\"Same\" />")
                        .Raw($"<bpmn:receiveTask id=\"R{i}\" messageRef=\"Same\" />");
                return drawing.Flow("Start", "End").Xml;
            }
        );

    [Fact]
    public Task Many_flows_of_one_gateway() =>
        LinearAsync(
            "flows",
            n =>
            {
                var drawing = new Drawing().Start().Exclusive("G").End().Flow("Start", "G");
                for (var i = 0; i < n; i++)
                    drawing.If("G", $"T{i}", "=true").Service($"T{i}").Flow($"T{i}", "End");
                return drawing.Xml;
            }
        );

    [Theory]
    [InlineData(100, true)]
    [InlineData(200, false)]
    [InlineData(100_000, false)]
    public void Nesting_has_a_limit_that_is_named_with_the_line(int levels, bool isTaken)
    {
        var reading = BpmnReader.Read(
            new Drawing().Start().Raw(HostileXml.Shapes["nesting"](levels)).End().Flow("Start", "End").Xml
        );

        if (isTaken)
            reading.Problems.ShouldBeEmpty();
        else
            reading
                .Problems.ShouldHaveSingleItem()
                .Reason.ShouldMatch("nested more than 128 elements deep, at 'a'.*Line \\d");
    }

    [Fact]
    public void Attributes_have_a_limit_that_is_named()
    {
        var reading = BpmnReader.Read(new Drawing().Start().Raw(HostileXml.Shapes["attributes"](2000)).End().Xml);

        reading.Problems.ShouldHaveSingleItem().Reason.ShouldContain("more than 1000 attributes");
    }

    private static Task LinearAsync(string what, Func<int, string> file) =>
        Growth.IsLinearAsync(
            what,
            large: 32_000,
            file,
            xml =>
            {
                BpmnReader.Read(xml, int.MaxValue);
                return System.Threading.Tasks.Task.CompletedTask;
            }
        );

    private static Drawing Task(string extensions) =>
        new Drawing().Start().Element("serviceTask", "Call", extensions).End().Flow("Start", "Call", "End");

    private static Drawing Gateways(int count, Func<int, int[]> next)
    {
        var drawing = new Drawing().Start().Exclusive($"G{count}").End().Flow("Start", "G0").Flow($"G{count}", "End");
        for (var i = 0; i < count; i++)
        {
            drawing.Exclusive($"G{i}");
            foreach (var target in next(i))
                drawing.If($"G{i}", $"G{target}", "=true");
        }

        return drawing;
    }
}
