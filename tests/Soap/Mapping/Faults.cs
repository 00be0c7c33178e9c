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
        detail.Faults[0].ShouldBe("Short");
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
        detail.Faults.ShouldBeEmpty();
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
    public async Task A_detail_of_a_derived_type_is_known_by_a_prefix_that_the_envelope_declares()
    {
        var fault = await ReadAsync(
            $"""
            <e:Envelope xmlns:e="{Soap11}" xmlns:ns1="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>
              <e:Fault><faultcode>e:Client</faultcode><faultstring>x</faultstring>
                <detail><open xmlns="urn:t" xsi:type="ns1:closed"><at>5</at></open></detail></e:Fault>
            </e:Body></e:Envelope>
            """
        );

        Exchange.Text(fault.Details.ShouldHaveSingleItem().Content).ShouldBe("""{"@xsi:type":"closed","at":5}""");
    }

    [Fact]
    public async Task A_detail_that_is_nested_deeper_than_an_event_may_be_stays_XML()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 60)) + string.Concat(Enumerable.Repeat("</a>", 60));
        var fault = await ReadAsync($"<e:Fault xmlns:e='{Soap11}'><detail><x>{deep}</x><y>1</y></detail></e:Fault>");

        fault.Details.Count.ShouldBe(2);
        fault.Details[0].Content!.GetValue<string>().ShouldStartWith("<x><a><a>");
        Exchange.Text(fault.Details[1].Content).ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Faults_with_one_element_are_found_by_each_of_their_names()
    {
        var fault = await ReadAsync(
            $"<e:Fault xmlns:e='{Soap11}'><detail><short xmlns='urn:t'><missing>1</missing></short></detail></e:Fault>"
        );

        fault.Details.ShouldHaveSingleItem().Faults.ShouldBe(["Short", "AlsoShort"]);
    }

    [Fact]
    public async Task A_detail_that_does_not_fit_its_schema_is_read_by_its_shape()
    {
        var fault = await ReadAsync(
            $"<e:Fault xmlns:e='{Soap11}'><faultcode>e:Server</faultcode><detail><short xmlns='urn:t'><missing>much</missing></short></detail></e:Fault>"
        );

        fault.Code.ShouldBe(new XmlQualifiedName("Server", Soap11));
        var detail = fault.Details.ShouldHaveSingleItem();
        detail.Faults[0].ShouldBe("Short");
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
        while (reader.Read() && reader.LocalName != "Fault") { }
        return await exchange.Messages.ReadFaultAsync(reader, new AnswerReading(), default);
    }

    private static Task<Exchange> OfAsync() =>
        Exchange.OfAsync(
            Document(
                    Message(
                        "",
                        """
                        <xs:element name="short"><xs:complexType><xs:sequence><xs:element name="missing" type="xs:decimal"/></xs:sequence></xs:complexType></xs:element>
                        <xs:element name="open" type="t:open"/><xs:complexType name="open"/>
                        <xs:complexType name="closed"><xs:complexContent><xs:extension base="t:open"><xs:sequence><xs:element name="at" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
                        """
                    )
                )
                .Replace(
                    "<wsdl:output message=\"t:out\"/>",
                    "<wsdl:output message=\"t:out\"/><wsdl:fault name=\"Short\" message=\"t:short\"/><wsdl:fault name=\"AlsoShort\" message=\"t:short\"/>",
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
