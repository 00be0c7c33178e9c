using System.Xml;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Soap.Tests.Mapping;
using Integration.Soap.Wsdl;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Wsdl;

public sealed class Reading
{
    private const string Request =
        """<xs:element name="m"><xs:complexType><xs:sequence><xs:element name="v" type="xs:int"/></xs:sequence></xs:complexType></xs:element>""";

    [Fact]
    public async Task Ports_operations_and_actions_are_what_the_document_says()
    {
        var wsdl = await new Documents().With("http://test/a.wsdl", Document(Schema(Request))).ReadAsync();

        var port = wsdl.Ports.ShouldHaveSingleItem();
        port.Name.ShouldBe("p");
        port.Service.ShouldBe(new XmlQualifiedName("s", "urn:t"));
        port.Address.ShouldBe(new Uri("https://example.org/s"));
        port.Version.ShouldBe(SoapVersion.Soap11);
        port.Addressing.ShouldBe(AddressingUse.None);
        var operation = port.Operation("send");
        operation.Style.ShouldBe(OperationStyle.Document);
        operation.SoapAction.ShouldBe("urn:t/send");
        operation.AddressingAction.ShouldBe("urn:t/send");
        operation.IsOneWay.ShouldBeFalse();
        wsdl.Port("p").ShouldBe(port);
    }

    [Fact]
    public async Task Imports_and_includes_are_followed_relative_to_their_document()
    {
        var documents = new Documents()
            .With(
                "http://test/wsdl/a.wsdl",
                Definitions("""<wsdl:import namespace="urn:t" location="parts/b.wsdl"/>""")
            )
            .With(
                "http://test/wsdl/parts/b.wsdl",
                Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="../../xsd/m.xsd"/></xs:schema>""")
            )
            .With(
                "http://test/xsd/m.xsd",
                Schema("""<xs:include schemaLocation="types.xsd"/><xs:element name="m" type="t:type"/>""")
            )
            .With(
                "http://test/xsd/types.xsd",
                Schema(
                        """<xs:include schemaLocation="m.xsd"/><xs:complexType name="type"><xs:sequence><xs:element ref="o:v"/></xs:sequence></xs:complexType>""",
                        imports: """<xs:import namespace="urn:o" schemaLocation="o.xsd"/>"""
                    )
                    .Replace("xmlns:t=", "xmlns:o=\"urn:o\" xmlns:t=", StringComparison.Ordinal)
            )
            .With(
                "http://test/xsd/o.xsd",
                """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:import namespace="urn:t" schemaLocation="m.xsd"/><xs:element name="v" type="xs:int"/></xs:schema>"""
            );

        var wsdl = await documents.ReadAsync("http://test/wsdl/a.wsdl");

        var example = wsdl.Port().Operation("send").Messages!.ExampleInput();
        Exchange.Text(example).ShouldBe("""{"v":1}""");
        documents.Opened.Count.ShouldBe(5);
        documents.Opened.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_schema_without_a_namespace_takes_that_of_the_one_that_includes_it_and_may_be_redefined()
    {
        var documents = new Documents()
            .With(
                "http://test/a.wsdl",
                Document(
                    """
                    <xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
                      <xs:redefine schemaLocation="c.xsd">
                        <xs:simpleType name="code"><xs:restriction base="t:code"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>
                      </xs:redefine>
                      <xs:element name="m" type="t:code"/>
                    </xs:schema>
                    """
                )
            )
            .With(
                "http://test/c.xsd",
                """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="code"><xs:restriction base="xs:string"/></xs:simpleType></xs:schema>"""
            );

        var exchange = new Exchange((await documents.ReadAsync()).Port().Operation("send"), []);

        (await exchange.XmlAsync("\"ab\"")).ShouldContain(">ab<");
        exchange.Refusal("\"abc\"").ShouldBe("inputs.input is 'abc'; it takes a text (xs:string) of length 2 at most.");
    }

    [Fact]
    public async Task One_schema_may_be_included_by_several_schemas_of_a_document()
    {
        const string Including =
            """<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="m.xsd"/></xs:schema>""";
        var documents = new Documents()
            .With("http://test/a.wsdl", Document(Including + Including))
            .With("http://test/m.xsd", Schema(Request));

        (await documents.ReadAsync()).Port().Operation("send").Messages!.ExampleInput().ShouldNotBeNull();
    }

    [Fact]
    public async Task Schemas_of_a_document_see_each_other_even_if_nobody_says_so()
    {
        var schemas =
            Schema("""<xs:element name="m" type="o:type" xmlns:o="urn:o"/>""")
            + """<xs:schema targetNamespace="urn:o"><xs:complexType name="type"><xs:sequence><xs:element name="v" type="t:k"/></xs:sequence></xs:complexType></xs:schema>"""
            + Schema("""<xs:simpleType name="k"><xs:restriction base="xs:int"/></xs:simpleType>""");
        var wsdl = await new Documents().With("http://test/a.wsdl", Document(schemas)).ReadAsync();

        Exchange.Text(wsdl.Port().Operation("send").Messages!.ExampleInput()).ShouldBe("""{"v":1}""");
    }

    [Fact]
    public async Task Well_known_namespaces_are_not_fetched()
    {
        var schema = Schema(
            """
            <xs:element name="m"><xs:complexType><xs:sequence>
              <xs:element name="set"><xs:complexType><xs:sequence><xs:element ref="xs:schema"/><xs:any/></xs:sequence></xs:complexType></xs:element>
              <xs:element name="old" type="e:Array" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" minOccurs="0"/>
            </xs:sequence><xs:attribute ref="xml:lang"/></xs:complexType></xs:element>
            """,
            imports: """<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/><xs:import namespace="http://www.w3.org/2001/XMLSchema"/>"""
        );
        var documents = new Documents().With("http://test/a.wsdl", Document(schema));

        var exchange = new Exchange((await documents.ReadAsync()).Port().Operation("send"), []);

        documents.Opened.ShouldHaveSingleItem();
        (
            await exchange.ReadAsync(
                "<m xmlns='urn:t' xml:lang='de'><set><s:schema id='x' xmlns:s='http://www.w3.org/2001/XMLSchema'><s:element name='a'/></s:schema><diff/></set></m>"
            )
        ).ShouldBe(
            """{"@lang":"de","set":{"schema":{"@id":"x","#any":{"element":{"@name":"a"}}},"#any":{"diff":""}}}"""
        );
    }

    [Fact]
    public async Task A_WSDL_in_a_file_may_import_files_beside_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.Combine("a b.wsdl"),
            Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="m.xsd"/></xs:schema>""")
        );
        await File.WriteAllTextAsync(folder.Combine("m.xsd"), Schema(Request));

        var wsdl = await new Documents().ReadAsync(new Uri(folder.Combine("a b.wsdl")).AbsoluteUri);

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
    }

    [Fact]
    public async Task Operations_of_rpc_bindings_take_their_parts()
    {
        var exchange = await Exchange.OfAsync(Rpc(), "add", []);

        var xml = await exchange.XmlAsync("""{"b": 2, "a": {"x": 1}}""");

        xml.ShouldBe("""<n1:add xmlns:n2="urn:t" xmlns:n1="urn:rpc"><a><n2:x>1</n2:x></a><b>2</b></n1:add>""");
        (await exchange.ReadAsync("<n:addResponse xmlns:n='urn:rpc'><sum>3</sum></n:addResponse>")).ShouldBe(
            """{"sum":3}"""
        );
        (await exchange.ReadAsync("<x:whatever xmlns:x='urn:x'><x:sum>3</x:sum></x:whatever>")).ShouldBe(
            """{"sum":3}"""
        );
        exchange
            .Refusal("""{"@xsi:type": "pair", "a": {"x": 1}, "b": 2}""")
            .ShouldBe("inputs.input.@xsi:type is not known: an rpc message has its parts, and no type. Remove it.");
        exchange
            .Refusal("""{"a": {"x": 1}}""")
            .ShouldBe("inputs.input.b is missing; it takes a whole number (xs:int).");
        exchange.Refusal("""{"a": {"x": "y"}, "b": 1}""").ShouldStartWith("inputs.input.a.x is 'y'");
        Exchange.Text(exchange.Messages.ExampleInput()).ShouldBe("""{"a":{"x":1},"b":1}""");
    }

    [Fact]
    public async Task An_operation_without_parts_has_an_empty_body()
    {
        var exchange = await Exchange.OfAsync(
            Document(Schema(Request))
                .Replace(
                    """<wsdl:message name="in"><wsdl:part name="p" element="t:m"/>""",
                    """<wsdl:message name="in">""",
                    StringComparison.Ordinal
                ),
            "send",
            []
        );

        (await exchange.XmlAsync("{}")).ShouldBe("");
        (await exchange.XmlAsync("null")).ShouldBe("");
        exchange
            .Refusal("""{"a": 1}""")
            .ShouldBe("inputs.input is given, but this operation takes no input. Remove it.");
    }

    [Fact]
    public async Task A_bare_message_may_be_a_single_value()
    {
        var exchange = await Exchange.OfAsync(Schema("""<xs:element name="m" type="xs:int"/>"""));

        (await exchange.RoundTripAsync("5")).ShouldBe("5");
        exchange.Refusal("null").ShouldStartWith("inputs.input is null");
    }

    [Fact]
    public async Task Declared_headers_are_mapped_by_name()
    {
        var wsdl = Document(
                Message(
                    """<xs:sequence/>""",
                    """<xs:element name="session"><xs:complexType><xs:sequence><xs:element name="id" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"""
                ),
                """<soap:header message="t:h" part="s" use="literal"/>"""
            )
            .Replace(
                "<wsdl:portType",
                """<wsdl:message name="h"><wsdl:part name="s" element="t:session"/></wsdl:message><wsdl:portType""",
                StringComparison.Ordinal
            );
        var exchange = await Exchange.OfAsync(wsdl, "send", []);

        var message = exchange.Map("{}", """{"session": {"id": 5}}""");

        message.HasHeaders.ShouldBeTrue();
        (await Exchange.HeadersAsync(message)).ShouldBe(
            """<n1:session xmlns:n1="urn:t"><n1:id>5</n1:id></n1:session>"""
        );
        exchange.Map("{}", """{"session": null}""").HasHeaders.ShouldBeFalse();
        exchange.Map("{}").HasHeaders.ShouldBeFalse();
        exchange
            .Refusal("{}", """{"session": {"id": "x"}}""")
            .ShouldBe("inputs.headers.session.id does not fit; it takes a whole number (xs:int).");
        exchange
            .Refusal("{}", """{"sesion": {}}""")
            .ShouldBe("inputs.headers.sesion is not known. Did you mean 'session'? Known are: session.");
        exchange.Refusal("{}", "[]").ShouldBe("inputs.headers is a list; it takes an object with the headers by name.");
        Exchange.Text(exchange.Messages.ExampleHeaders()).ShouldBe("""{"session":{"id":1}}""");
        using var reader = Exchange.Reader("<r><session xmlns='urn:t'><id>5</id></session><other xmlns='urn:x'/></r>");
        reader.ReadToDescendant("session", "urn:t");
        var first = await exchange.Messages.ReadHeaderAsync(reader, new(), default);
        var second = await exchange.Messages.ReadHeaderAsync(reader, new(), default);
        first.Key.ShouldBe("session");
        Exchange.Text(first.Value).ShouldBe("""{"id":5}""");
        second.Key.ShouldBe("{urn:x}other");
        second.Value!.ToString().ShouldBe("<other xmlns=\"urn:x\" />");
    }

    [Theory]
    [InlineData("<wsaw:UsingAddressing/>", AddressingUse.Optional)]
    [InlineData("<wsaw:UsingAddressing wsdl:required='true'/>", AddressingUse.Required)]
    [InlineData(
        "<wsp:Policy><wsam:Addressing xmlns:wsam='http://www.w3.org/2007/05/addressing/metadata'/></wsp:Policy>",
        AddressingUse.Required
    )]
    [InlineData("<wsp:PolicyReference URI='#a'/>", AddressingUse.Optional)]
    public async Task Use_of_WS_Addressing_is_noted(string inBinding, AddressingUse expected)
    {
        const string Policy =
            "<wsp:Policy u:Id='a' xmlns:u='urn:u'><wsaw:UsingAddressing wsp:Optional='true'/></wsp:Policy>";
        var wsdl = Document(Schema(Request))
            .Replace("<soap:binding", inBinding + "<soap:binding", StringComparison.Ordinal)
            .Replace("<wsdl:types>", Policy + "<wsdl:types>", StringComparison.Ordinal);

        (await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync()).Port().Addressing.ShouldBe(expected);
    }

    [Theory]
    [InlineData("urn:t", "soapAction=\"\"", "<wsdl:input", "urn:t:pt:sendRequest")]
    [InlineData("urn:t", "soapAction=\"\"", "<wsdl:input name='ask'", "urn:t:pt:ask")]
    [InlineData("urn:t", "soapAction=\"\"", "<wsdl:input wsaw:Action='urn:act'", "urn:act")]
    [InlineData("urn:t", "soapAction=\"urn:s\"", "<wsdl:input", "urn:s")]
    [InlineData("http://t/", "soapAction=\"\"", "<wsdl:input", "http://t/pt/sendRequest")]
    public async Task The_action_of_WS_Addressing_is_declared_or_made_by_its_rules(
        string ns,
        string soapAction,
        string input,
        string expected
    )
    {
        var wsdl = Document(Schema(Request))
            .Replace("soapAction=\"urn:t/send\"", soapAction, StringComparison.Ordinal)
            .Replace("<wsdl:input message", input + " message", StringComparison.Ordinal)
            .Replace("urn:t", ns, StringComparison.Ordinal);

        (await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync())
            .Port()
            .Operation("send")
            .AddressingAction.ShouldBe(expected);
    }

    [Fact]
    public async Task A_port_of_SOAP_1_2_says_so_and_ports_of_other_kinds_are_left_out()
    {
        var wsdl = Document(Schema(Request))
            .Replace(
                "</wsdl:definitions>",
                """
                <wsdl:binding name="b12" type="t:pt"><soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/>
                  <wsdl:operation name="send"><soap12:operation soapAction="urn:t/send"/><wsdl:input><soap12:body use="literal"/></wsdl:input><wsdl:output><soap12:body use="literal"/></wsdl:output></wsdl:operation>
                </wsdl:binding>
                <wsdl:binding name="get" type="t:pt"><http:binding verb="GET"/></wsdl:binding>
                <wsdl:binding name="jms" type="t:pt"><soap:binding transport="http://www.w3.org/2010/soapjms/"/></wsdl:binding>
                <wsdl:service name="s2"><wsdl:port name="p12" binding="t:b12"><soap12:address location="http://example.org/s"/></wsdl:port>
                  <wsdl:port name="get" binding="t:get"/><wsdl:port name="jms" binding="t:jms"/></wsdl:service></wsdl:definitions>
                """,
                StringComparison.Ordinal
            );
        var description = await new Documents().With("http://test/a.wsdl", wsdl).ReadAsync();

        description.Ports.Select(port => port.Name).ShouldBe(["p", "p12"]);
        description.Port("p12").Version.ShouldBe(SoapVersion.Soap12);
        description.Port("p12").Operation("send").Messages.ShouldNotBeNull();
        var unclear = Should.Throw<DataErrorException>(() => description.Port());
        unclear.Code.ShouldBe("unknown-port");
        unclear.Message.ShouldContain("has several services: name the port. SOAP ports are: p, p12.");
        Should.Throw<DataErrorException>(() => description.Port("get")).Message.ShouldContain("has no SOAP port 'get'");
        var unknown = Should.Throw<DataErrorException>(() => description.Port("p").Operation("sned"));
        unknown.Code.ShouldBe("unknown-operation");
        unknown.Message.ShouldBe("The port 'p' has no operation 'sned'. Did you mean 'send'? Operations are: send.");
    }

    private static string Rpc() =>
        Definitions(
            $"""
            <wsdl:types>{Schema(
                """<xs:complexType name="pair"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType>"""
            )}</wsdl:types>
            <wsdl:message name="in"><wsdl:part name="a" type="t:pair"/><wsdl:part name="b" type="xs:int"/></wsdl:message>
            <wsdl:message name="out"><wsdl:part name="sum" type="xs:int"/></wsdl:message>
            <wsdl:portType name="pt"><wsdl:operation name="add"><wsdl:input message="t:in"/><wsdl:output message="t:out"/></wsdl:operation></wsdl:portType>
            <wsdl:binding name="b" type="t:pt"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
              <wsdl:operation name="add"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal" namespace="urn:rpc"/></wsdl:input><wsdl:output><soap:body use="literal" namespace="urn:rpc"/></wsdl:output></wsdl:operation>
            </wsdl:binding>
            <wsdl:service name="s"><wsdl:port name="p" binding="t:b"><soap:address location="http://example.org/"/></wsdl:port></wsdl:service>
            """
        );
}
