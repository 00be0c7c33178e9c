using Integration.Fixtures;
using Integration.Soap.Answers;
using Integration.Soap.Mapping;
using Integration.Xml;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>What an answer costs grows with its size and no faster, wherever in it the odd XML stands.</summary>
[Collection(nameof(Alone))]
public sealed class Hostile_answers
{
    private const string EnvelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/";

    public static TheoryData<string, string> Shapes =>
        [
            .. from place in new[] { "any", "anyType", "unknown header", "fault detail" }
            from shape in HostileXml.Names
            select (place, shape),
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Any_XML_in_an_answer(string place, string shape)
    {
        var exchange = await Exchange.OfAsync(
            Message(
                place switch
                {
                    "anyType" => "<xs:sequence><xs:element name='v' type='xs:anyType' minOccurs='0'/></xs:sequence>",
                    _ =>
                        "<xs:sequence><xs:any minOccurs='0' maxOccurs='unbounded' processContents='skip'/></xs:sequence>",
                }
            )
        );
        await Growth.IsLinearAsync(
            $"{shape} in {place}",
            6_000,
            n => Answer(place, HostileXml.Shapes[shape](n)),
            answer => ReadAsync(exchange, answer)
        );
    }

    [Theory]
    [InlineData("unknown header")]
    [InlineData("security header")]
    [InlineData("fault detail")]
    [InlineData("after the body")]
    public async Task Nesting_is_refused_also_where_it_is_only_passed_over(string place)
    {
        var exchange = await Exchange.OfAsync(Message("<xs:sequence/>"));

        var problem = await ReadAsync(exchange, Answer(place, HostileXml.Shapes["nesting"](100_000)));

        problem.ShouldNotBeNull().ShouldContain("nested more than");
    }

    private static string Answer(string place, string xml) =>
        place switch
        {
            "unknown header" => Envelope($"<h xmlns='urn:h'>{xml}</h>", "<m xmlns='urn:t'/>"),
            "security header" => Envelope($"<Security xmlns='{Security}'>{xml}</Security>", "<m xmlns='urn:t'/>"),
            "fault detail" => Envelope("", $"<e:Fault><faultcode>e:Server</faultcode><detail>{xml}</detail></e:Fault>"),
            "after the body" => Envelope("", $"<m xmlns='urn:t'/>", $"<x>{xml}</x>"),
            "anyType" => Envelope("", $"<m xmlns='urn:t'><v>{xml}</v></m>"),
            _ => Envelope("", $"<m xmlns='urn:t'>{xml}</m>"),
        };

    private const string Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    private static string Envelope(string headers, string body, string after = "") =>
        $"<e:Envelope xmlns:e='{EnvelopeNamespace}'><e:Header>{headers}</e:Header><e:Body>{body}</e:Body>{after}</e:Envelope>";

    // As an answer is read; what is wrong, or null.
    private static async Task<string?> ReadAsync(Exchange exchange, string answer)
    {
        try
        {
            using var reader = ForeignXml.Open(new StringReader(answer));
            var reading = new AnswerReading();
            var headers = new AnswerHeaderReader("target", 200, TimeProvider.System);
            if (await EnvelopeReader.ToBodyAsync(reader, headers, exchange.Messages, null, reading, default))
                await exchange.Messages.ReadFaultAsync(reader, reading, default);
            else
                await exchange.Messages.ReadBodyAsync(reader, reading, default);
            while (await reader.ReadAsync()) { }
            return null;
        }
        catch (Exception e) when (e is MalformedAnswerException or System.Xml.XmlException)
        {
            return e.Message;
        }
    }
}
