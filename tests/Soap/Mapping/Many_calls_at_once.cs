using Integration.Soap.Mapping;
using Integration.Xml;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

public sealed class Many_calls_at_once
{
    [Fact]
    public async Task One_mapping_serves_them_all()
    {
        var (schemas, json, expected) = RoundTripCases.All["any type at all"];
        var exchange = await Exchange.OfAsync(schemas);

        await Parallel.ForAsync(
            0,
            500,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) =>
            {
                var back = await exchange.ReadAsync(await exchange.XmlAsync(json));
                back.ShouldBe(Exchange.Text(System.Text.Json.Nodes.JsonNode.Parse(expected ?? json)));
            }
        );
    }

    [Fact]
    public async Task A_thousand_lines_declare_each_namespace_once()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:int" maxOccurs="unbounded" """));

        var xml = await exchange.XmlAsync($$"""{"v": [{{string.Join(',', Enumerable.Range(0, 1000))}}]}""");

        xml.Split("xmlns").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Content_passes_through_and_is_never_whole_in_memory()
    {
        const long Size = 50 * 1024 * 1024;
        var exchange = await Exchange.OfAsync(Value("""type="xs:base64Binary" """));
        var pipe = new Measured(Size);

        var message = exchange.Map($$"""{"v": {{pipe.Reference}}}""");
        await using (
            var writer = System.Xml.XmlWriter.Create(pipe.Written, new() { Async = true, CloseOutput = false })
        )
            await message.WriteBodyAsync(writer, pipe, default);

        pipe.Read.ShouldBe(Size);
        pipe.Written.Length.ShouldBeGreaterThan(Size / 3 * 4);
        pipe.MostUnderWay.ShouldBeLessThan(1024 * 1024);

        pipe = new Measured(Size);
        using var reader = ForeignXml.Open(pipe.Answer("<m xmlns='urn:t'><v>", "</v></m>"));
        await exchange.Messages.ReadBodyAsync(reader, new AnswerReading { Sink = pipe }, default);

        pipe.Saved.ShouldBe(Size / 4 * 3);
        pipe.MostUnderWay.ShouldBeLessThan(1024 * 1024);
    }
}
