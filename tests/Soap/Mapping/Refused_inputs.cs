using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>What does not fit is told by its place in the inputs, with what would fit; nothing is written.</summary>
public sealed class Refused_inputs
{
    private const string Order = """
        <xs:sequence>
          <xs:element name="customer" type="t:customer"/>
          <xs:element name="line" type="t:line" maxOccurs="3"/>
          <xs:choice><xs:element name="card" type="xs:string"/><xs:element name="iban" type="xs:string"/></xs:choice>
          <xs:element name="note" type="xs:string" minOccurs="0"/>
        </xs:sequence>
        <xs:attribute name="id" type="xs:int" use="required"/>
        """;

    private const string Types = """
        <xs:complexType name="line"><xs:sequence>
          <xs:element name="sku" type="xs:string"/><xs:element name="qty" type="xs:int"/>
          <xs:element name="kind" type="t:kind" minOccurs="0"/><xs:element name="code" type="t:code" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        <xs:simpleType name="kind"><xs:restriction base="xs:string"><xs:enumeration value="new"/><xs:enumeration value="used"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
        <xs:complexType name="customer" abstract="true"/>
        <xs:complexType name="person"><xs:complexContent><xs:extension base="t:customer"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
        """;

    private const string Person = """{"@xsi:type": "person", "name": "Ada"}""";

    [Theory]
    [InlineData(
        """{"sku": "a", "qty": "many"}""",
        "inputs.input.line[1].qty is 'many'; it takes a whole number (xs:int)."
    )]
    [InlineData("""{"sku": "a", "qty": 1.5}""", "inputs.input.line[1].qty is '1.5'; it takes a whole number (xs:int).")]
    [InlineData(
        """{"sku": "a", "qty": 3000000000}""",
        "inputs.input.line[1].qty is '3000000000'; it takes a whole number (xs:int)."
    )]
    [InlineData(
        """{"sku": "a", "qty": true}""",
        "inputs.input.line[1].qty is true or false; it takes a whole number (xs:int)."
    )]
    [InlineData(
        """{"sku": "a", "qty": [1]}""",
        "inputs.input.line[1].qty is a list; it takes a whole number (xs:int)."
    )]
    [InlineData(
        """{"sku": "a", "qty": {"x": 1}}""",
        "inputs.input.line[1].qty is an object with 'x'; it takes a whole number (xs:int)."
    )]
    [InlineData(
        """{"sku": "a", "qty": null}""",
        "inputs.input.line[1].qty is missing; it takes a whole number (xs:int)."
    )]
    [InlineData("""{"sku": "a"}""", "inputs.input.line[1].qty is missing; it takes a whole number (xs:int).")]
    [InlineData(
        """{"sku": "a", "qtty": 1}""",
        "inputs.input.line[1].qtty is not known. Did you mean 'qty'? Known are: sku, qty, kind, code."
    )]
    [InlineData(
        """{"sku": "a", "qty": 1, "kind": "old"}""",
        "inputs.input.line[1].kind is 'old'; it takes one of new, used."
    )]
    [InlineData(
        """{"sku": "a", "qty": 1, "code": "abcd"}""",
        "inputs.input.line[1].code is 'abcd'; it takes a text (xs:string) of length 3 at most."
    )]
    [InlineData(
        """{"sku": "a\u0001", "qty": 1}""",
        "inputs.input.line[1].sku has the character U+0001, which XML cannot carry. Remove it."
    )]
    [InlineData(
        """{"sku": "\ud800", "qty": 1}""",
        "inputs.input.line[1].sku has half of a character (a single surrogate), which XML cannot carry. Remove it."
    )]
    [InlineData(
        """{"sku": "a", "qty": 1, "@x": 1}""",
        "inputs.input.line[1].@x is not known: the schema permits none here."
    )]
    [InlineData("\"text\"", "inputs.input.line[1] is a text; it takes an object.")]
    [InlineData("null", "inputs.input.line[1] is null, which the schema does not permit; it takes an object.")]
    public async Task A_value_is_told_by_its_place(string line, string expected)
    {
        var exchange = await Exchange.OfAsync(Message(Order, Types));

        exchange
            .Refusal(
                $$"""{"@id": 1, "customer": {{Person}}, "line": [{"sku": "a", "qty": 1}, {{line}}], "card": "1"}"""
            )
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData(
        """{"customer": PERSON, "line": LINES1, "card": "1"}""",
        "inputs.input.@id is missing; it takes a whole number (xs:int)."
    )]
    [InlineData(
        """{"@id": 1, "customer": PERSON, "line": [], "card": "1"}""",
        "inputs.input.line is missing; it takes a list, each an object."
    )]
    [InlineData(
        """{"@id": 1, "customer": PERSON, "line": LINES4, "card": "1"}""",
        "inputs.input.line has 4 values; the schema permits 3."
    )]
    [InlineData("""{"@id": 1, "customer": PERSON, "line": LINES1}""", "inputs.input lacks one of card, iban.")]
    [InlineData(
        """{"@id": 1, "customer": PERSON, "line": LINES1, "card": "1", "iban": "2"}""",
        "inputs.input.iban cannot be given beside card: the schema has a choice here. Remove one."
    )]
    [InlineData(
        """{"@id": 1, "customer": PERSON, "line": LINES1, "card": "1", "note": ["a", "b"]}""",
        "inputs.input.note is a list; it takes a text (xs:string)."
    )]
    [InlineData(
        """{"@id": 1, "customer": {"name": "Ada"}, "line": LINES1, "card": "1"}""",
        "inputs.input.customer needs @xsi:type: one of person."
    )]
    [InlineData(
        """{"@id": 1, "customer": {"@xsi:type": "persn"}, "line": LINES1, "card": "1"}""",
        "inputs.input.customer.@xsi:type is 'persn', which is no type that is allowed here: one of person."
    )]
    [InlineData(
        """{"@id": 1, "customer": {"@xsi:type": "line"}, "line": LINES1, "card": "1"}""",
        "inputs.input.customer.@xsi:type is 'line', which is no type that is allowed here: one of person."
    )]
    [InlineData(
        """{"@id": 1, "customer": {"@xsi:type": 5}, "line": LINES1, "card": "1"}""",
        "inputs.input.customer.@xsi:type is a number; it takes the name of a type: one of person."
    )]
    [InlineData(
        """{"@id": 1, "customer": PERSON, "line": LINES1, "card": "1", "#text": "a"}""",
        "inputs.input.#text is not known. Known are: customer, line, card, iban, note."
    )]
    [InlineData("[]", "inputs.input is a list; it takes an object.")]
    [InlineData(
        """{"@id": "x", "customer": PERSON, "line": LINES1, "card": null, "iban": "1"}""",
        "inputs.input.@id is 'x'; it takes a whole number (xs:int)."
    )]
    public async Task An_object_is_told_by_what_it_lacks_and_has_too_much(string json, string expected)
    {
        var exchange = await Exchange.OfAsync(Message(Order, Types));
        const string Line = """{"sku": "a", "qty": 1}""";
        var input = json.Replace("PERSON", Person, StringComparison.Ordinal)
            .Replace("LINES1", $"[{Line}]", StringComparison.Ordinal)
            .Replace("LINES4", $"[{Line}, {Line}, {Line}, {Line}]", StringComparison.Ordinal);

        exchange.Refusal(input).ShouldBe(expected);
    }

    [Fact]
    public async Task All_problems_are_told_at_once_up_to_ten()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:int" maxOccurs="unbounded" """));
        var message = exchange.Refusal($$"""{"v": [{{string.Join(", ", Enumerable.Repeat("\"x\"", 12))}}]}""");

        message.ShouldContain("inputs.input.v[0] is 'x'");
        message.ShouldContain("inputs.input.v[9] is 'x'");
        message.ShouldNotContain("v[10]");
        message.ShouldEndWith("There are more problems.");
    }

    [Fact]
    public async Task What_only_the_whole_message_shows_is_told_with_its_place()
    {
        var exchange = await Exchange.OfAsync(
            Schema(
                """
                <xs:element name="m">
                  <xs:complexType><xs:sequence><xs:element name="v" maxOccurs="9"><xs:complexType><xs:attribute name="k"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
                  <xs:unique name="u"><xs:selector xpath="t:v"/><xs:field xpath="@k"/></xs:unique>
                </xs:element>
                """
            )
        );

        exchange
            .Refusal("""{"v": [{"@k": "a"}, {"@k": "a"}]}""")
            .ShouldStartWith("inputs.input.v[1] does not fit the schema");
    }

    [Fact]
    public async Task An_order_that_the_schema_does_not_permit_is_refused()
    {
        var exchange = await Exchange.OfAsync(
            Message(
                """<xs:sequence maxOccurs="unbounded"><xs:element name="k" type="xs:string"/><xs:element name="v" type="xs:int"/></xs:sequence>"""
            )
        );

        exchange.Refusal("""{"k": ["a"], "v": [1], "#order": ["v", "k"]}""").ShouldContain("does not fit the schema");
        exchange
            .Refusal("""{"k": ["a"], "v": [1], "#order": ["k"]}""")
            .ShouldBe("inputs.input.#order does not name each element that repeats once for each value.");
        exchange
            .Refusal("""{"k": ["a"], "v": [1], "#order": "k"}""")
            .ShouldBe(
                "inputs.input.#order takes the names of the elements that repeat together, in their order, one for each."
            );
    }

    [Theory]
    [InlineData("\"<a>\"", "inputs.input.#any[0] is no well-formed XML")]
    [InlineData("\"a\"", "inputs.input.#any[0] is not one XML element")]
    [InlineData("\"<a xmlns='urn:x'/><b/>\"", "inputs.input.#any[0] is not one XML element")]
    [InlineData("\"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>\"", "inputs.input.#any[0] is no well-formed XML")]
    [InlineData(
        "\"<m xmlns='urn:t'/>\"",
        "inputs.input.#any has more elements than the schema permits, or of another namespace."
    )]
    [InlineData(
        "5",
        "inputs.input.#any[0] is a number; it takes an object with the elements by name, or an XML element as text."
    )]
    [InlineData("""{"a": 1}""", "inputs.input.#any[0].a needs its namespace, {namespace}name")]
    [InlineData("""{"{urn:x}a b": 1}""", "inputs.input.#any[0]['{urn:x}a b'] is no name of an XML element.")]
    [InlineData("""{"{urn:x}a": [[1]]}""", "inputs.input.#any[0]['{urn:x}a'][0] is a list in a list")]
    [InlineData("""{"{urn:x}a": {"b": "\u0001"}}""", "inputs.input.#any[0]['{urn:x}a'].b has the character U+0001")]
    [InlineData(
        """{"{urn:x}a": {"@xmlns": "urn:y"}}""",
        "inputs.input.#any[0]['{urn:x}a'].@xmlns is no name of an attribute."
    )]
    public async Task XML_for_a_wildcard_is_checked(string any, string expected)
    {
        var exchange = await Exchange.OfAsync(
            Message("""<xs:sequence><xs:any namespace="##other" processContents="lax"/></xs:sequence>""")
        );

        exchange.Refusal($$"""{"#any": [{{any}}]}""").ShouldStartWith(expected);
    }

    [Fact]
    public async Task XML_is_nested_as_deep_as_it_may_be_and_no_deeper()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:anyType" """));
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));

        exchange.Refusal($$"""{"v": {"#xml": "{{deep}}"} }""").ShouldContain("is nested more than 100 elements deep");
    }

    [Theory]
    [InlineData("""{"#xml": "<b>"}""", "inputs.input.v.#xml is no well-formed XML")]
    [InlineData(
        """{"#xml": "<?xml version='1.0'?><b xmlns='urn:t'/>"}""",
        "inputs.input.v.#xml has an XML declaration (<?xml …?>), which no piece of a message can have. Remove it."
    )]
    [InlineData("""{"#xml": "a", "#text": "b"}""", "inputs.input.v has both #text and elements")]
    [InlineData("""{"#text": "a", "b": "c"}""", "inputs.input.v has both #text and elements")]
    [InlineData("""{"#xml": "a", "b": "c"}""", "inputs.input.v has both #xml and elements")]
    [InlineData("""{"#xml": 5}""", "inputs.input.v.#xml is a number; it takes a text with XML in it.")]
    public async Task Mixed_content_is_given_in_one_way(string value, string expected)
    {
        var exchange = await Exchange.OfAsync(
            Value(
                "",
                """<xs:complexType mixed="true"><xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>"""
            )
        );

        exchange.Refusal($$"""{"v": {{value}}}""").ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("""{"@xsi:nil": true}""", "inputs.input.v.@xsi:nil is true, which the schema does not permit.")]
    [InlineData("""{"@xsi:nil": true, "#text": 1}""", "inputs.input.v.@xsi:nil is true")]
    public async Task Nil_is_refused_where_the_schema_does_not_permit_it(string value, string expected)
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:int" """));

        exchange.Refusal($$"""{"v": {{value}}}""").ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_fixed_value_is_the_only_one()
    {
        var exchange = await Exchange.OfAsync(Message("""<xs:attribute name="d" type="xs:decimal" fixed="1.000"/>"""));

        exchange.Refusal("""{"@d": 2}""").ShouldStartWith("inputs.input.@d does not fit the schema");
    }

    [Theory]
    [InlineData("""{"v": "SECRET"}""")]
    [InlineData("""{"k": "SECRET"}""")]
    [InlineData("""{"any": {"@xsi:type": "SECRET"}}""")]
    [InlineData("""{"any": {"#xml": "<SECRET>"}}""")]
    [InlineData("""{"k": "1-SECRET", "#any": ["<SECRET>"]}""")]
    public async Task A_header_may_hold_secrets_so_that_no_message_shows_a_part_of_its_values(string header)
    {
        var schema = Message(
            "",
            """
            <xs:element name="h"><xs:complexType><xs:sequence>
              <xs:element name="v" type="xs:int" minOccurs="0"/>
              <xs:element name="k" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="1-.*"/></xs:restriction></xs:simpleType></xs:element>
              <xs:element name="any" type="xs:anyType" minOccurs="0"/>
              <xs:any namespace="##other" minOccurs="0"/>
            </xs:sequence></xs:complexType></xs:element>
            """
        );
        var wsdl = Document(schema, """<soap:header message="t:h" part="h" use="literal"/>""")
            .Replace(
                "<wsdl:portType",
                """<wsdl:message name="h"><wsdl:part name="h" element="t:h"/></wsdl:message><wsdl:portType""",
                StringComparison.Ordinal
            );
        var exchange = await Exchange.OfAsync(wsdl, "send", []);
        var secret = "canary" + new string('x', 400);

        var message = exchange.Refusal(
            "{}",
            $$"""{"h": {{header.Replace("SECRET", secret, StringComparison.Ordinal)}}}"""
        );

        message.ShouldStartWith("inputs.headers.h.");
        message.ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_name_that_has_dots_is_quoted_in_the_path()
    {
        var exchange = await Exchange.OfAsync(
            Message("""<xs:sequence><xs:element name="a.b" type="xs:int"/></xs:sequence>""")
        );

        exchange.Refusal("""{"a.b": "x"}""").ShouldStartWith("inputs.input['a.b'] is 'x'");
    }

    [Theory]
    [InlineData("""{"a\ud800": 1}""")]
    [InlineData("""{"#any": ["<a>\ud800</a>"]}""")]
    public async Task Half_a_character_is_refused_wherever_it_stands(string json)
    {
        var exchange = await Exchange.OfAsync(Message("""<xs:sequence><xs:any/></xs:sequence>"""));

        exchange.Refusal(json).ShouldContain("has half of a character");
    }

    [Theory]
    [InlineData("""{"@{urn:x}a": "\u0001"}""", "has the character U+0001")]
    [InlineData("""{"@{urn:x\u0001}a": "b"}""", "is not known")]
    [InlineData("""{"@a b": "c"}""", "is not known")]
    [InlineData("""{"@a": "1", "@{}a": "2"}""", "is given twice")]
    [InlineData("""{"@a": {}}""", "is an object; it takes a text.")]
    [InlineData("""{"@{http://www.w3.org/2001/XMLSchema-instance}type": "x"}""", "is not known")]
    [InlineData("""{"v": "{urn:x\u0001}a"}""", "has the character U+0001")]
    [InlineData("""{"v": "{urn:x}a b"}""", "it takes a name such as {namespace}name")]
    [InlineData("""{"v": "nobody:a"}""", "it takes a name such as {namespace}name")]
    public async Task What_XML_could_not_carry_never_reaches_the_writer(string json, string expected)
    {
        var exchange = await Exchange.OfAsync(
            Message(
                """<xs:sequence><xs:element name="v" type="xs:QName" minOccurs="0"/></xs:sequence><xs:anyAttribute processContents="lax"/>"""
            )
        );

        exchange.Refusal(json).ShouldContain(expected);
    }

    [Fact]
    public async Task A_long_text_is_not_repeated_in_the_message()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:int" """));

        exchange.Refusal($$"""{"v": "{{new string('x', 100_000)}}"}""").Length.ShouldBeLessThan(200);
    }
}
