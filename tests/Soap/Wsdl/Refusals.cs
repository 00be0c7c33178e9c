using System.Globalization;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Soap.Wsdl;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Wsdl;

/// <summary>What is not supported or hostile is refused by name, and costs little.</summary>
public sealed class Refusals
{
    private static readonly string _good = Document(
        Schema(
            """<xs:element name="m"><xs:complexType><xs:sequence><xs:element name="v" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"""
        )
    );

    [Theory]
    [InlineData(
        "<soap:body use=\"literal\"/></wsdl:input>",
        "<soap:body use=\"encoded\"/></wsdl:input>",
        "it is document/encoded, which is not supported; only literal messages are."
    )]
    [InlineData(
        "<soap:body use=\"literal\"/></wsdl:output>",
        "<mime:multipartRelated><mime:part><soap:body use=\"literal\"/></mime:part></mime:multipartRelated></wsdl:output>",
        "it sends attachments (mime:multipartRelated), which are not supported."
    )]
    [InlineData(
        "<soap:operation",
        "<wsp:Policy><o:OptimizedMimeSerialization xmlns:o='http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization'/></wsp:Policy><soap:operation",
        "its policy demands MTOM, which is not supported."
    )]
    [InlineData(
        "<wsdl:part name=\"p\" element=\"t:m\"/>",
        "<wsdl:part name=\"p\" type=\"xs:int\"/>",
        "its document/literal part 'p' has a type instead of an element, which is not supported."
    )]
    [InlineData(
        "<wsdl:part name=\"p\" element=\"t:m\"/>",
        "<wsdl:part name=\"p\" element=\"t:m\"/><wsdl:part name=\"q\" element=\"t:m\"/>",
        "its document/literal body has several parts, which is not supported."
    )]
    [InlineData(
        "element=\"t:m\"",
        "element=\"t:gone\"",
        "the schema has no element {urn:t}gone, which its message needs."
    )]
    [InlineData(
        "style=\"document\"",
        "style=\"rpc\"",
        "its rpc/literal part 'p' has an element instead of a type, which is not supported."
    )]
    [InlineData(
        "<wsdl:input message=\"t:in\"/><wsdl:output message=\"t:out\"/>",
        "<wsdl:output message=\"t:out\"/><wsdl:input message=\"t:in\"/>",
        "the service calls its client in it, which is not supported."
    )]
    [InlineData(
        "soapAction=\"urn:t/send\"",
        "soapAction=\"urn:t/größe\"",
        "its soapAction 'urn:t/größe' has a character that no HTTP header can carry."
    )]
    public async Task An_operation_that_needs_what_is_not_supported_is_refused_by_name(
        string old,
        string now,
        string reason
    )
    {
        var bad = _good.Replace(old, now, StringComparison.Ordinal);
        bad.ShouldNotBe(_good);
        var description = await new Documents().With("http://test/a.wsdl", bad).ReadAsync();

        var refused = Should.Throw<DataErrorException>(() => description.Port().Operation("send"));

        refused.Code.ShouldBe("unsupported-operation");
        refused.Message.ShouldBe($"The operation 'send' of the port 'p': {reason}");
        description.Port().Operations["send"].Refusal.ShouldBe(reason);
        description.Port().Operations["send"].Messages.ShouldBeNull();
    }

    [Fact]
    public async Task An_encoded_operation_leaves_the_others_of_its_port_usable()
    {
        var wsdl = _good
            .Replace(
                "</wsdl:portType>",
                """<wsdl:operation name="old"><wsdl:input message="t:old"/></wsdl:operation></wsdl:portType>""",
                StringComparison.Ordinal
            )
            .Replace(
                "<wsdl:portType",
                """<wsdl:message name="old"><wsdl:part name="a" type="e:Array" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"/></wsdl:message><wsdl:portType""",
                StringComparison.Ordinal
            )
            .Replace(
                "</wsdl:binding>",
                """<wsdl:operation name="old"><soap:operation soapAction="" style="rpc"/><wsdl:input><soap:body use="encoded" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></wsdl:input></wsdl:operation></wsdl:binding>""",
                StringComparison.Ordinal
            );

        var port = (await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync()).Port();

        port.Operation("send").Messages.ShouldNotBeNull();
        port.Operations["old"]
            .Refusal.ShouldBe("it is rpc/encoded, which is not supported; only literal messages are.");
    }

    [Theory]
    [InlineData("wsp:Optional='true'")]
    [InlineData("")]
    public async Task MTOM_that_is_only_offered_is_no_reason_to_refuse(string optional)
    {
        var assertion = $"<o:OptimizedMimeSerialization xmlns:o='urn:o' {optional}/>";
        var policy =
            optional.Length > 0
                ? assertion
                : $"<wsp:ExactlyOne><wsp:All>{assertion}</wsp:All><wsp:All/></wsp:ExactlyOne>";
        var wsdl = _good.Replace(
            "<soap:binding",
            $"<wsp:Policy>{policy}</wsp:Policy><soap:binding",
            StringComparison.Ordinal
        );

        (await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync())
            .Port()
            .Operation("send")
            .Messages.ShouldNotBeNull();
    }

    [Fact]
    public async Task Overloaded_operations_are_refused()
    {
        const string Bound =
            """<wsdl:operation name="send"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>""";
        var wsdl = _good.Replace("</wsdl:binding>", Bound, StringComparison.Ordinal);

        (await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync())
            .Port()
            .Operations["send"]
            .Refusal!.ShouldStartWith("it is overloaded");
    }

    [Theory]
    [InlineData("not XML", "is no XML that can be used")]
    [InlineData("", "is no XML that can be used")]
    [InlineData("<html/>", "is an HTML page, not a WSDL or schema.")]
    [InlineData("<a/>", "is no WSDL 1.1: its outermost element is <a>.")]
    [InlineData("<description xmlns='http://www.w3.org/ns/wsdl'/>", "WSDL 2.0 is not supported; ask for WSDL 1.1.")]
    public async Task A_document_that_is_no_WSDL_is_told(string content, string expected) =>
        (await UnusableAsync(new Documents().With("http://test/a.wsdl", content))).ShouldContain(expected);

    [Theory]
    [InlineData(
        "type=\"xs:int\"",
        "type=\"t:gone\"",
        "The element {urn:t}m is broken: Type 'urn:t:gone' is not declared"
    )]
    [InlineData(
        "type=\"t:pt\"",
        "type=\"t:x\"",
        "the WSDL has no port type 't:x', so that its messages are not known."
    )]
    [InlineData("message=\"t:in\"", "message=\"t:x\"", "the WSDL has no message 't:x', which it needs.")]
    public async Task What_a_WSDL_lacks_is_told_by_the_operation_that_needs_it(string old, string now, string expected)
    {
        var bad = _good.Replace(old, now, StringComparison.Ordinal);
        bad.ShouldNotBe(_good);

        (await RefusalAsync(new Documents().With("http://test/a.wsdl", bad))).ShouldContain(expected);
    }

    [Fact]
    public async Task A_WSDL_without_a_port_for_SOAP_over_HTTP_is_refused()
    {
        var bad = _good.Replace(
            "transport=\"http://schemas.xmlsoap.org/soap/http\"",
            "transport=\"urn:jms\"",
            StringComparison.Ordinal
        );

        (await UnusableAsync(new Documents().With("http://test/a.wsdl", bad))).ShouldContain(
            "has no port for SOAP over HTTP."
        );
    }

    [Fact]
    public async Task A_document_from_elsewhere_does_not_make_the_service_read_files()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("m.xsd"), Schema(""));
        var wsdl = Document(
            $"""<xs:schema><xs:import namespace="urn:t" schemaLocation="{new Uri(folder.Combine("m.xsd"))}"/></xs:schema>"""
        );

        (await RefusalAsync(new Documents().With("http://test/a.wsdl", wsdl))).ShouldContain(
            "which a document from elsewhere may not."
        );
    }

    [Theory]
    [InlineData("ftp://test/m.xsd", "refers to ftp://test/m.xsd, which cannot be read from here.")]
    [InlineData("http://[", "refers to 'http://[', which is no address.")]
    [InlineData("gone.xsd", "http://test/gone.xsd is not there.")]
    public async Task A_reference_that_leads_nowhere_is_told(string location, string expected)
    {
        var wsdl = Document($"""<xs:schema><xs:import namespace="urn:t" schemaLocation="{location}"/></xs:schema>""");

        (await RefusalAsync(new Documents().With("http://test/a.wsdl", wsdl))).ShouldContain(expected);
    }

    [Fact]
    public async Task Endless_imports_end_at_the_limit()
    {
        var documents = new Documents();
        documents.With("http://test/a.wsdl", Definitions("<wsdl:import namespace='urn:t' location='1.wsdl'/>"));
        for (var i = 1; i < 20; i++)
            documents.With(
                $"http://test/{i}.wsdl",
                Definitions($"<wsdl:import namespace='urn:t' location='{i + 1}.wsdl'/>")
            );

        (await UnusableAsync(documents, new WsdlLimits { MaxDocuments = 10 })).ShouldContain(
            "refers to more than 10 documents."
        );
        documents.Opened.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Documents_that_are_too_large_are_refused()
    {
        var padded = $"<!--{new string('x', 100_000)}-->" + _good;
        var documents = new Documents().With("http://test/a.wsdl", padded);

        (await UnusableAsync(documents, new WsdlLimits { MaxDocumentBytes = 50_000 })).ShouldContain(
            "is larger than 50000 bytes."
        );
        (await UnusableAsync(documents, new WsdlLimits { MaxTotalBytes = 50_000 })).ShouldContain(
            "are larger than 50000 bytes."
        );
    }

    [Fact]
    public async Task A_document_that_is_nested_too_deep_is_refused()
    {
        var deep =
            string.Concat(Enumerable.Repeat("<xs:sequence>", 10_000))
            + string.Concat(Enumerable.Repeat("</xs:sequence>", 10_000));
        var wsdl = Document(Message(deep));

        (await UnusableAsync(new Documents().With("http://test/a.wsdl", wsdl))).ShouldContain(
            "is nested more than 128 elements deep, at 'xs:sequence'."
        );
    }

    [Fact]
    public async Task Groups_that_double_with_each_reference_are_refused()
    {
        var groups = string.Concat(
            Enumerable
                .Range(1, 40)
                .Select(i =>
                    $"<xs:group name='g{i}'><xs:sequence><xs:group ref='t:g{i - 1}'/><xs:group ref='t:g{i - 1}'/></xs:sequence></xs:group>"
                )
        );
        var wsdl = Document(
            Message(
                "<xs:group ref='t:g40'/>",
                $"<xs:group name='g0'><xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence></xs:group>{groups}"
            )
        );

        (await UnusableAsync(new Documents().With("http://test/a.wsdl", wsdl))).ShouldContain(
            "has a schema that says more than 100000 elements, in group 'g17'."
        );
    }

    [Fact]
    public async Task A_large_type_in_very_many_others_is_refused()
    {
        var elements = string.Concat(Enumerable.Range(0, 2000).Select(i => $"<xs:element name='e{i}'/>"));
        var types = string.Concat(
            Enumerable.Range(0, 1000).Select(i => $"<xs:complexType name='c{i}'><xs:group ref='t:g'/></xs:complexType>")
        );
        var wsdl = Document(Message("", $"<xs:group name='g'><xs:sequence>{elements}</xs:sequence></xs:group>{types}"));

        (await UnusableAsync(new Documents().With("http://test/a.wsdl", wsdl))).ShouldContain(
            "has a schema that says more than 1000000 elements"
        );
    }

    [Theory]
    [InlineData(
        "<xs:complexType name='d{0}'><xs:complexContent><xs:extension base='t:d{1}'/></xs:complexContent></xs:complexType>",
        "<xs:complexType name='d0'/>"
    )]
    [InlineData(
        "<xs:simpleType name='d{0}'><xs:restriction base='t:d{1}'/></xs:simpleType>",
        "<xs:simpleType name='d0'><xs:restriction base='xs:string'/></xs:simpleType>"
    )]
    [InlineData(
        "<xs:group name='d{0}'><xs:sequence><xs:group ref='t:d{1}'/></xs:sequence></xs:group>",
        "<xs:group name='d0'><xs:sequence><xs:element name='a'/></xs:sequence></xs:group>"
    )]
    [InlineData("<xs:element name='d{0}' substitutionGroup='t:d{1}'/>", "<xs:element name='d0'/>")]
    [InlineData(
        "<xs:attributeGroup name='d{0}'><xs:attributeGroup ref='t:d{1}'/></xs:attributeGroup>",
        "<xs:attributeGroup name='d0'/>"
    )]
    public async Task Chains_of_definitions_are_followed_so_far_and_no_farther(string link, string first)
    {
        Documents Chain(int length) =>
            new Documents().With(
                "http://test/a.wsdl",
                Document(
                    Message(
                        "",
                        first
                            + string.Concat(
                                Enumerable
                                    .Range(1, length)
                                    .Select(i => string.Format(CultureInfo.InvariantCulture, link, i, i - 1))
                            )
                    )
                )
            );

        (await Chain(240).ReadAsync()).Port().Operation("send").Messages.ShouldNotBeNull();
        (await UnusableAsync(Chain(20_000))).ShouldContain("refer to one another more than 1000 levels deep");
    }

    [Fact]
    public async Task Occurrences_without_measure_cost_nothing()
    {
        const string Elements =
            """<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int" minOccurs="90000" maxOccurs="2000000000"/>""";
        var documents = new Documents().With(
            "http://test/a.wsdl",
            Document(Message($"<xs:sequence minOccurs='50000' maxOccurs='2000000000'>{Elements}</xs:sequence>"))
        );
        var before = GC.GetAllocatedBytesForCurrentThread();

        var operation = (await documents.ReadAsync()).Port().Operation("send");

        operation.Messages!.ExampleInput()!.ToJsonString().Length.ShouldBeLessThan(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    private static async Task<string> RefusalAsync(Documents documents) =>
        (await documents.ReadAsync()).Port().Operations["send"].Refusal.ShouldNotBeNull();

    private static async Task<string> UnusableAsync(Documents documents, WsdlLimits? limits = null)
    {
        var error = await Should.ThrowAsync<DataErrorException>(() => documents.ReadAsync(limits: limits));
        error.Code.ShouldBe("wsdl-unusable");
        return error.Message;
    }
}
