using System.Text;
using Integration.Errors;
using Integration.Soap.Tests.Mapping;
using Integration.Soap.Wsdl;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Wsdl;

/// <summary>One flaw does not make a WSDL unusable: what means nothing is passed over, what is broken refuses the operations that need it.</summary>
public sealed class Flaws
{
    private const string M =
        "<xs:element name='m'><xs:complexType><xs:sequence><xs:element name='v' type='xs:int'/></xs:sequence></xs:complexType></xs:element>";

    public static TheoryData<string, string, string?> Harmless =>
        new()
        {
            {
                "an attribute that nobody knows",
                M.Replace("type=", "minOcurs='0' type=", StringComparison.Ordinal),
                "has the attribute 'minOcurs' on element 'v'"
            },
            {
                "an attribute of XML Schema where it has no meaning",
                M.Replace("name='m'", "name='m' minOccurs='0' ref='t:m'", StringComparison.Ordinal),
                "has the attribute 'minOccurs' on element 'm'"
            },
            {
                "an attribute of somebody else",
                M.Replace("type=", "xmlns:j='urn:j' j:optional='yes' type=", StringComparison.Ordinal),
                null
            },
            { "an element of somebody else", M + "<j:bindings xmlns:j='urn:j'/>", "has <bindings> in its schema" },
            {
                "an element that nobody knows in an annotation",
                M.Replace(
                    "<xs:complexType>",
                    "<xs:annotation><xs:doc>x</xs:doc></xs:annotation><xs:complexType>",
                    StringComparison.Ordinal
                ),
                "has <doc> in an annotation"
            },
            {
                "an annotation at the end",
                M.Replace("</xs:sequence>", "</xs:sequence><xs:annotation/>", StringComparison.Ordinal),
                null
            },
            {
                "what must hold besides, as version 1.1 has it",
                M.Replace("</xs:complexType>", "<xs:assert test='v > 0'/></xs:complexType>", StringComparison.Ordinal),
                "has <assert> in element 'm', which is of XML Schema 1.1"
            },
            { "an import after elements", M + "<xs:import namespace='urn:e'/>", "has elements in the wrong order" },
            { "an import of itself", "<xs:import namespace='urn:t'/>" + M, "imports its own namespace" },
            {
                "an import of itself from where it stands",
                "<xs:import namespace='urn:t' schemaLocation='a.wsdl'/>" + M,
                "imports its own namespace"
            },
            {
                "an attribute before the elements",
                M.Replace("<xs:sequence>", "<xs:attribute name='a'/><xs:sequence>", StringComparison.Ordinal),
                "has elements in the wrong order in element 'm'"
            },
            { "a default that does not fit", M.Replace("type=", "default='' type=", StringComparison.Ordinal), null },
            { "an id that is none", M.Replace("type=", "id='1 2' type=", StringComparison.Ordinal), null },
            {
                "an occurrence as a programmer writes it",
                M.Replace("type=", "maxOccurs='Unbounded' type=", StringComparison.Ordinal),
                null
            },
            {
                "a type that nobody uses and that is broken",
                M
                    + "<xs:complexType name='x'><xs:sequence><xs:element name='a' type='t:gone'/></xs:sequence></xs:complexType>",
                "has the type {urn:t}x, which cannot be used: Type 'urn:t:gone' is not declared"
            },
            {
                "a pattern that is none",
                M
                    + "<xs:simpleType name='x'><xs:restriction base='xs:string'><xs:pattern value='(['/></xs:restriction></xs:simpleType>",
                "has the restriction pattern '(['"
            },
            {
                "a bound that is beyond its type",
                M.Replace(
                    "type='xs:int'/>",
                    "><xs:simpleType><xs:restriction base='xs:int'><xs:maxInclusive value='99999999999'/></xs:restriction></xs:simpleType></xs:element>",
                    StringComparison.Ordinal
                ),
                "has the restriction maxInclusive '99999999999'"
            },
            {
                "a length that no text has",
                M
                    + "<xs:simpleType name='x'><xs:restriction base='xs:string'><xs:maxLength value='4294967295'/></xs:restriction></xs:simpleType>",
                null
            },
            {
                "an element that XML Schema does not know",
                M + "<xs:something/>",
                "has a <something> that is passed over"
            },
            { "a document that is not there", "<xs:include schemaLocation='gone.xsd'/>" + M, "gone.xsd is not there." },
            {
                "a document that nobody can read from here",
                "<xs:import namespace='urn:f' schemaLocation='ftp://test/m.xsd'/>" + M,
                "refers to ftp://test/m.xsd, which cannot be read from here."
            },
            {
                "a reference that is no address",
                "<xs:import namespace='urn:f' schemaLocation='http://['/>" + M,
                "refers to 'http://[', which is no address."
            },
            {
                "a file of the machine where it was made",
                "<xs:import namespace='urn:f' schemaLocation='file:///C:/schemas/m.xsd'/>" + M,
                "which a document from elsewhere may not."
            },
            { "text between elements", "Schema of messages " + M, null },
            {
                "a host that is not there",
                "<xs:import namespace='urn:f' schemaLocation='http://gone.example.org/m.xsd'/>" + M,
                "The host 'gone.example.org' is not known"
            },
        };

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_means_nothing_is_passed_over(string what, string schema, string? notice)
    {
        var wsdl = await ReadAsync(Document(Schema(schema)));

        var operation = wsdl.Port().Operation("send");
        Exchange.Text(operation.Messages!.ExampleInput()).ShouldContain("\"v\":", customMessage: what);
        if (notice is null)
            wsdl.Notices.ShouldBeEmpty();
        else
            wsdl.Notices.ShouldContain(
                one => one.Contains(notice, StringComparison.Ordinal),
                string.Join('\n', wsdl.Notices)
            );
    }

    [Theory]
    [InlineData("qualified", "qualified", true)]
    [InlineData("qualified", "unqualified", false)]
    public async Task A_definition_that_is_there_twice_is_used_when_both_say_the_same(
        string form,
        string otherForm,
        bool isUsable
    )
    {
        var other = Schema(M, otherForm)
            .Replace("xs:", "s:", StringComparison.Ordinal)
            .Replace(":xs=", ":s=", StringComparison.Ordinal);

        var wsdl = await ReadAsync(Document(Schema(M, form) + other));

        if (isUsable)
        {
            wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
            wsdl.Notices.ShouldHaveSingleItem().ShouldContain("has the element {urn:t}m once more");
        }
        else
        {
            Refusal(wsdl)
                .ShouldContain("The element {urn:t}m is broken: it is there several times, each time another.");
        }
    }

    [Fact]
    public async Task A_binding_without_a_service_is_a_port_whose_address_a_setting_has_to_name()
    {
        var whole = Document(Schema(M));
        var from = whole.IndexOf("<wsdl:service", StringComparison.Ordinal);
        var to = whole.IndexOf("</wsdl:service>", StringComparison.Ordinal) + "</wsdl:service>".Length;

        var port = (await ReadAsync(whole.Remove(from, to - from))).Port();

        port.Name.ShouldBe("b");
        port.Address.ShouldBeNull();
        port.Operation("send").Messages.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_port_without_its_binding_leaves_the_others()
    {
        var wsdl = await ReadAsync(
            Document(Schema(M))
                .Replace(
                    "<wsdl:port name=\"p\"",
                    "<wsdl:port name=\"q\" binding=\"t:gone\"/><wsdl:port name=\"p\"",
                    StringComparison.Ordinal
                )
        );

        wsdl.Ports.ShouldHaveSingleItem().Name.ShouldBe("p");
        wsdl.Notices.ShouldHaveSingleItem().ShouldContain("has the port 'q', which cannot be used");
    }

    public static TheoryData<string, string, string> Broken =>
        new()
        {
            {
                "t:second",
                "<wsdl:part name='p' element='t:other'/>",
                "The element {urn:t}other is broken: Type 'urn:t:gone'"
            },
            { "t:gone", "", "the WSDL has no message 't:gone', which it needs." },
            {
                "t:second",
                "<wsdl:part name='p' element='t:user'/>",
                "It needs the type {urn:t}deeper. That needs the element {urn:t}other. The element {urn:t}other is broken: Type 'urn:t:gone'"
            },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_broken_refuses_the_operation_that_needs_it_and_no_other(
        string input,
        string part,
        string reason
    )
    {
        var schema =
            M
            + "<xs:element name='other' type='t:gone'/>"
            + "<xs:complexType name='deeper'><xs:sequence><xs:element ref='t:other'/></xs:sequence></xs:complexType>"
            + "<xs:element name='user' type='t:deeper'/>";

        var wsdl = await ReadAsync(
            WithSecond(Document(Schema(schema)), input, $"<wsdl:message name='second'>{part}</wsdl:message>")
        );

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
        Refusal(wsdl, "second").ShouldContain(reason);
    }

    [Fact]
    public async Task A_fault_whose_message_is_missing_refuses_its_operation_and_no_other()
    {
        var wsdl = await ReadAsync(
            WithSecond(
                Document(Schema(M)),
                "t:in",
                "",
                "<wsdl:output message='t:out'/><wsdl:fault name='f' message='t:gone'/>"
            )
        );

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
        Refusal(wsdl, "second").ShouldBe("the WSDL has no message 't:gone', which it needs.");
    }

    [Fact]
    public async Task An_operation_that_needs_a_document_which_is_not_there_says_so()
    {
        var wsdl = await ReadAsync(
            Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="gone.xsd"/></xs:schema>""")
        );

        Refusal(wsdl)
            .ShouldBe(
                "the schema has no element {urn:t}m, which its message needs. Not all documents could be read: http://test/gone.xsd is not there."
            );
    }

    [Theory]
    [InlineData("<!DOCTYPE schema PUBLIC '-//W3C//DTD XMLSchema 200102//EN' 'http://test/schema.dtd'>")]
    [InlineData("<!DOCTYPE schema [ <!ATTLIST schema id ID #IMPLIED> <!ENTITY own 'urn:t'> <!ENTITY % p ''> ]>")]
    [InlineData("<!DOCTYPE schema SYSTEM 'file:///etc/passwd' [ <!ENTITY x SYSTEM 'file:///etc/passwd'> ]>")]
    public async Task A_document_type_is_passed_over_and_nothing_is_fetched_for_it(string type)
    {
        var documents = new Documents()
            .With(
                "http://test/a.wsdl",
                type + Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="m.xsd"/></xs:schema>""")
            )
            .With("http://test/m.xsd", type + Schema(M));

        (await documents.ReadAsync()).Port().Operation("send").Messages.ShouldNotBeNull();
        documents.Opened.ShouldBe(["http://test/a.wsdl", "http://test/m.xsd"]);
    }

    [Fact]
    public async Task Entities_of_a_document_type_are_not_known()
    {
        const string type = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>";
        var documents = new Documents()
            .With(
                "http://test/a.wsdl",
                Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="m.xsd"/></xs:schema>""")
            )
            .With(
                "http://test/m.xsd",
                type + Schema(M + "<xs:annotation><xs:documentation>&b;</xs:documentation></xs:annotation>")
            );

        Refusal(await documents.ReadAsync()).ShouldContain("http://test/m.xsd is no XML that can be used");
    }

    [Theory]
    [InlineData(
        "<xs:element name='x'><xs:complexType><xs:sequence><xs:element ref='xs:schema'/><xs:any/></xs:sequence></xs:complexType></xs:element>"
    )]
    [InlineData(
        "<xs:element name='x'><xs:complexType><xs:simpleContent><xs:extension base='xs:string'><xs:attribute ref='xml:lang'/></xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    )]
    [InlineData(
        "<xs:element name='x'><xs:complexType><xs:sequence><xs:element ref='d:Signature' xmlns:d='http://www.w3.org/2000/09/xmldsig#'/></xs:sequence></xs:complexType></xs:element>"
    )]
    [InlineData("<xs:element name='x' type='d:EncryptedDataType' xmlns:d='http://www.w3.org/2001/04/xmlenc#'/>")]
    [InlineData("<xs:element name='x' type='d:EndpointReferenceType' xmlns:d='http://www.w3.org/2005/08/addressing'/>")]
    [InlineData(
        "<xs:element name='x' type='d:EndpointReferenceType' xmlns:d='http://schemas.xmlsoap.org/ws/2004/08/addressing'/>"
    )]
    [InlineData(
        "<xs:element name='x'><xs:complexType><xs:sequence/><xs:attribute ref='d:mustUnderstand' xmlns:d='http://schemas.xmlsoap.org/soap/envelope/'/></xs:complexType></xs:element>"
    )]
    [InlineData("<xs:element name='x' type='d:Envelope' xmlns:d='http://www.w3.org/2003/05/soap-envelope'/>")]
    [InlineData(
        "<xs:element name='x'><xs:complexType><xs:sequence><xs:element ref='d:Include' xmlns:d='http://www.w3.org/2004/08/xop/include'/></xs:sequence></xs:complexType></xs:element>"
    )]
    public async Task Schemas_that_everybody_knows_need_not_be_imported(string element)
    {
        var wsdl = await ReadAsync(Document(Schema(element)).Replace("t:m", "t:x", StringComparison.Ordinal));

        wsdl.Notices.ShouldBeEmpty();
        wsdl.Port().Operation("send").Messages!.ExampleInput().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd", 1)]
    [InlineData("xmldsig-core-schema.xsd", 2)]
    public async Task Schemas_of_the_W3C_are_not_fetched_from_there_and_need_not_be_where_the_WSDL_says(
        string location,
        int opened
    )
    {
        var documents = new Documents().With(
            "http://test/a.wsdl",
            Document(
                Schema(
                    "<xs:element name='m'><xs:complexType><xs:sequence><xs:element ref='d:SignatureValue' xmlns:d='http://www.w3.org/2000/09/xmldsig#'/></xs:sequence></xs:complexType></xs:element>",
                    imports: $"<xs:import namespace='http://www.w3.org/2000/09/xmldsig#' schemaLocation='{location}'/>"
                )
            )
        );

        var wsdl = await documents.ReadAsync();

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
        wsdl.Notices.ShouldBeEmpty();
        documents.Opened.Count.ShouldBe(opened);
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-15")]
    [InlineData("utf-16")]
    public async Task A_document_may_be_in_any_encoding_that_its_declaration_names(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var content = Encoding
            .GetEncoding(encoding)
            .GetBytes(
                $"<?xml version='1.0' encoding='{encoding}'?>"
                    + Document(Schema(M.Replace("name='v'", "name='größe'", StringComparison.Ordinal)))
            );
        byte[] marked = encoding == "utf-16" ? [0xFF, 0xFE, .. content] : content;

        var wsdl = await new Documents().With("http://test/a.wsdl", marked).ReadAsync();

        Exchange.Text(wsdl.Port().Operation("send").Messages!.ExampleInput()).ShouldBe("""{"größe":1}""");
    }

    [Theory]
    [InlineData("us-ascii")]
    [InlineData("utf-8")]
    public async Task A_document_with_bytes_that_do_not_fit_its_encoding_is_not_read_with_others_in_their_place(
        string declared
    )
    {
        var schema = Encoding.Latin1.GetBytes(
            $"<?xml version='1.0' encoding='{declared}'?>"
                + Schema(M.Replace("name='v'", "name='größer'", StringComparison.Ordinal))
        );
        var documents = new Documents()
            .With(
                "http://test/a.wsdl",
                Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="m.xsd"/></xs:schema>""")
            )
            .With("http://test/m.xsd", schema);

        Refusal(await documents.ReadAsync())
            .ShouldContain("http://test/m.xsd has bytes that do not fit its encoding, which its declaration names");
    }

    [Theory]
    [InlineData("<xs:element name='v' type='xs:int' maxOccurs='2'/>")]
    [InlineData("<xs:element name='v' type='xs:int' maxOccurs='unbounded'/>")]
    [InlineData("<xs:element name='v' type='xs:int'/><xs:any namespace='##other' processContents='lax'/>")]
    [InlineData("<xs:element name='v' type='xs:int'/><xs:group ref='t:g'/>")]
    public async Task Elements_in_any_order_as_version_1_1_has_them_are_read(string content)
    {
        var all = $"<xs:element name='m'><xs:complexType><xs:all>{content}</xs:all></xs:complexType></xs:element>";
        const string group =
            "<xs:group name='g'><xs:sequence><xs:element name='w' type='xs:int'/></xs:sequence></xs:group>";

        var wsdl = await ReadAsync(Document(Schema(all + group)));

        wsdl.Notices.ShouldBeEmpty();
        Exchange.Text(wsdl.Port().Operation("send").Messages!.ExampleInput()).ShouldContain("\"v\":");
    }

    [Fact]
    public async Task Elements_in_any_order_where_no_version_permits_them_refuse_what_needs_them_and_no_more()
    {
        const string nested =
            "<xs:element name='n'><xs:complexType><xs:sequence><xs:element name='a' type='xs:int'/><xs:all><xs:element name='b' type='xs:int'/></xs:all></xs:sequence></xs:complexType></xs:element>";

        var wsdl = await ReadAsync(
            WithSecond(
                Document(Schema(M + nested)),
                "t:second",
                "<wsdl:message name='second'><wsdl:part name='p' element='t:n'/></wsdl:message>"
            )
        );

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
        Refusal(wsdl, "second").ShouldContain("{urn:t}n");
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("99999999999999999999999999999999999999999999999", true)]
    [InlineData("100000000000000000000000000000000000000000000000", false)]
    [InlineData("-5", true)]
    public async Task Bounds_of_many_digits_are_kept(string number, bool isTaken)
    {
        var exchange = await Exchange.OfAsync(
            Value(
                "",
                "<xs:simpleType><xs:restriction base='xs:integer'><xs:maxInclusive value='99999999999999999999999999999999999999999999999'/></xs:restriction></xs:simpleType>"
            )
        );

        if (isTaken)
            (await exchange.XmlAsync($$"""{"v": {{number}}}""")).ShouldContain($">{number}<");
        else
            exchange
                .Refusal($$"""{"v": {{number}}}""")
                .ShouldContain(
                    "it takes a whole number (xs:integer) to 99999999999999999999999999999999999999999999999"
                );
    }

    [Fact]
    public async Task Schemas_that_include_each_other_come_in_whichever_is_imported()
    {
        var documents = new Documents()
            .With(
                "http://test/a.wsdl",
                Document("""<xs:schema><xs:import namespace="urn:t" schemaLocation="m.xsd"/></xs:schema>""")
            )
            .With(
                "http://test/m.xsd",
                Schema("<xs:include schemaLocation='m.xsd'/><xs:include schemaLocation='n.xsd'/>" + M)
            )
            .With(
                "http://test/n.xsd",
                Schema("<xs:include schemaLocation='m.xsd'/><xs:element name='n' type='xs:int'/>")
            );

        var wsdl = await documents.ReadAsync();

        wsdl.Port().Operation("send").Messages.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("<html><body>Log in <input type='password'></body></html>", true)]
    [InlineData("<!DOCTYPE html><html><form><input name=p type=\"password\"/>", true)]
    [InlineData("\n<!-- made by hand > <html> --><HTML lang=en><p>Moved", false)]
    public async Task A_page_for_people_is_told_from_a_WSDL(string page, bool isLogin)
    {
        var error = await Should.ThrowAsync<TaskErrorException>(() => ReadAsync(page));

        error.Code.ShouldBe(isLogin ? "wsdl-refused" : "wsdl-unusable");
        error.Message.ShouldContain(isLogin ? "is a login page (HTML)" : "is an HTML page");
        error.Message.ShouldContain("WsdlAuthentication");
    }

    private static Task<WsdlDescription> ReadAsync(string wsdl) =>
        new Documents().With("http://test/a.wsdl", wsdl).ReadAsync();

    private static string Refusal(WsdlDescription wsdl, string operation = "send") =>
        wsdl.Port().Operations[operation].Refusal.ShouldNotBeNull();
}
