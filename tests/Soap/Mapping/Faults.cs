using System.Xml;
using Integration.Soap.Mapping;
using Integration.Soap.Wsdl;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

public sealed class Faults
{
    private const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    [Fact]
    public async Task A_declared_fault_of_SOAP_1_1_has_its_name_and_its_detail_by_the_schema()
    {
        var fault = await ReadAsync(
            $"""
            <e:Fault xmlns:e="{Soap11}">
              <faultcode>e:Client</faultcode><faultstring xml:lang="en">Not covered.</faultstring>
              <faultactor>urn:bank</faultactor>
              <detail><t:short xmlns:t="urn:t"><t:missing>10.50</t:missing></t:short></detail>
            </e:Fault>
            """
        );

        fault.Version.ShouldBe(SoapVersion.Soap11);
        fault.Code.ShouldBe(new XmlQualifiedName("Client", Soap11));
        fault.Reason.ShouldBe("Not covered.");
        fault.Actor.ShouldBe("urn:bank");
        var detail = fault.Details.ShouldHaveSingleItem();
        detail.Element.ShouldBe(new XmlQualifiedName("short", "urn:t"));
        detail.Fault.ShouldBe("Short");
        Exchange.Text(detail.Content).ShouldBe("""{"missing":10.50}""");
    }

    [Fact]
    public async Task A_fault_of_SOAP_1_2_has_its_subcodes_its_English_reason_and_its_roles()
    {
        var fault = await ReadAsync(
            $"""
            <e:Fault xmlns:e="{Soap12}" xmlns:x="urn:x">
              <e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>x:Limit</e:Value><e:Subcode><e:Value>x:Daily</e:Value></e:Subcode></e:Subcode></e:Code>
              <e:Reason><e:Text xml:lang="de">Zu viel.</e:Text><e:Text xml:lang="en-GB">Too much.</e:Text></e:Reason>
              <e:Node>urn:n</e:Node><e:Role>urn:r</e:Role>
              <e:Detail><x:info a="1"><x:k>1</x:k><x:k>2</x:k><x:l/></x:info></e:Detail>
            </e:Fault>
            """
        );

        fault.Version.ShouldBe(SoapVersion.Soap12);
        fault.Code.ShouldBe(new XmlQualifiedName("Sender", Soap12));
        fault.Subcodes.ShouldBe([new XmlQualifiedName("Limit", "urn:x"), new XmlQualifiedName("Daily", "urn:x")]);
        fault.Reason.ShouldBe("Too much.");
        fault.Node.ShouldBe("urn:n");
        fault.Actor.ShouldBe("urn:r");
        var detail = fault.Details.ShouldHaveSingleItem();
        detail.Fault.ShouldBeNull();
        Exchange.Text(detail.Content).ShouldBe("""{"@a":"1","k":["1","2"],"l":""}""");
    }

    [Theory]
    [InlineData("<faultcode>Server.Busy</faultcode><faultstring/>", "Server.Busy", "")]
    [InlineData("<faultstring>Without a code</faultstring>", "", "Without a code")]
    [InlineData(
        "<e:faultcode>SOAP-ENV:Server</e:faultcode><e:faultstring>Qualified</e:faultstring>",
        "SOAP-ENV:Server",
        "Qualified"
    )]
    [InlineData(
        "<faultcode>nobody:Server</faultcode><faultstring>x</faultstring><other><deep/></other>",
        "nobody:Server",
        "x"
    )]
    [InlineData("", "", "")]
    public async Task A_careless_fault_is_a_fault_all_the_same(string content, string code, string reason)
    {
        var fault = await ReadAsync($"<e:Fault xmlns:e='{Soap11}'>{content}</e:Fault>");

        fault.Code.Name.ShouldBe(code);
        fault.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_detail_that_is_text_alone_is_kept()
    {
        var fault = await ReadAsync(
            $"<e:Fault xmlns:e='{Soap11}'><detail> java.lang.NullPointerException </detail></e:Fault>"
        );

        Exchange.Text(fault.Details.ShouldHaveSingleItem().Content).ShouldBe("\"java.lang.NullPointerException\"");
    }

    [Fact]
    public async Task A_detail_that_does_not_fit_its_schema_is_read_by_its_shape()
    {
        var fault = await ReadAsync(
            $"<e:Fault xmlns:e='{Soap11}'><faultcode>e:Server</faultcode><detail><short xmlns='urn:t'><missing>much</missing></short></detail></e:Fault>"
        );

        fault.Code.ShouldBe(new XmlQualifiedName("Server", Soap11));
        var detail = fault.Details.ShouldHaveSingleItem();
        detail.Fault.ShouldBe("Short");
        Exchange.Text(detail.Content).ShouldBe("""{"missing":"much"}""");
    }

    [Fact]
    public async Task The_reader_stands_behind_the_fault_afterwards()
    {
        var exchange = await OfAsync();
        using var reader = Exchange.Reader(
            $"<b><e:Fault xmlns:e='{Soap11}'><faultcode>a</faultcode></e:Fault><next/></b>"
        );
        reader.ReadToDescendant("Fault", Soap11);

        await exchange.Messages.ReadFaultAsync(reader, new AnswerReading(), default);

        reader.LocalName.ShouldBe("next");
    }

    [Fact]
    public async Task A_fault_that_ends_too_early_or_never_is_malformed()
    {
        await Should.ThrowAsync<MalformedAnswerException>(() => ReadAsync($"<e:Fault xmlns:e='{Soap11}'><detail>"));
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        await Should.ThrowAsync<MalformedAnswerException>(() =>
            ReadAsync($"<e:Fault xmlns:e='{Soap11}'><detail>{deep}")
        );
        var codes = string.Concat(Enumerable.Repeat("<e:Subcode>", 100_000));
        await Should.ThrowAsync<MalformedAnswerException>(() =>
            ReadAsync($"<e:Fault xmlns:e='{Soap12}'><e:Code><e:Value>a</e:Value>{codes}")
        );
    }

    private static async Task<SoapFault> ReadAsync(string xml)
    {
        var exchange = await OfAsync();
        using var reader = Exchange.Reader(xml);
        reader.MoveToContent();
        return await exchange.Messages.ReadFaultAsync(reader, new AnswerReading(), default);
    }

    private static Task<Exchange> OfAsync() =>
        Exchange.OfAsync(
            Document(
                    Message(
                        "",
                        """<xs:element name="short"><xs:complexType><xs:sequence><xs:element name="missing" type="xs:decimal"/></xs:sequence></xs:complexType></xs:element>"""
                    )
                )
                .Replace(
                    "<wsdl:output message=\"t:out\"/>",
                    "<wsdl:output message=\"t:out\"/><wsdl:fault name=\"Short\" message=\"t:short\"/>",
                    StringComparison.Ordinal
                )
                .Replace(
                    "<wsdl:portType",
                    "<wsdl:message name=\"short\"><wsdl:part name=\"p\" element=\"t:short\"/></wsdl:message><wsdl:portType",
                    StringComparison.Ordinal
                ),
            "send",
            []
        );
}
