using Integration.Soap.Mapping;
using Integration.Xml;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>Answers as servers write them, which is not always as their schema says.</summary>
public sealed class Answers
{
    private const string Content = """
        <xs:sequence>
          <xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string" minOccurs="0"/>
          <xs:element name="d" type="xs:date" minOccurs="0"/><xs:element name="f" type="xs:boolean" minOccurs="0"/>
          <xs:element name="x" type="xs:double" minOccurs="0"/>
        </xs:sequence>
        """;

    [Theory]
    [InlineData("<a>1</a><b>x</b><a>2</a>", """{"a":[1,2],"b":"x"}""")]
    [InlineData("<b>x</b>", """{"b":"x","a":[]}""")]
    public async Task Elements_in_any_order_that_are_repeated_are_lists_and_are_sent_as_the_schema_names_them(
        string content,
        string json
    )
    {
        var exchange = await Exchange.OfAsync(
            Message(
                "<xs:all><xs:element name='a' type='xs:int' minOccurs='0' maxOccurs='3'/><xs:element name='b' type='xs:string'/></xs:all>"
            )
        );

        (await exchange.ReadAsync($"<m xmlns='urn:t'>{content}</m>")).ShouldBe(json);
        (await exchange.XmlAsync("""{"b": "x", "a": [1, 2]}""")).ShouldContain("a>1</");
        exchange.Refusal("""{"b": "x", "a": [1, 2, 3, 4]}""").ShouldContain("a");
    }

    [Theory]
    [InlineData("<m xmlns='urn:t'><a>1</a></m>", """{"a":1}""")]
    [InlineData("<m xmlns='urn:t'>\n  <!-- comment --><a> 1 </a>\n<?pi?></m>", """{"a":1}""")]
    [InlineData("<m xmlns='urn:t'><a>007</a></m>", """{"a":7}""")]
    [InlineData("<m xmlns='urn:t'><b>x</b><a>1</a></m>", """{"b":"x","a":1}""")]
    [InlineData("<m xmlns='urn:t'><b>x</b></m>", """{"b":"x"}""")]
    [InlineData("<m><a>1</a></m>", """{"a":1}""")]
    [InlineData("<m xmlns='urn:other'><a xmlns=''>1</a></m>", """{"a":1}""")]
    [InlineData("<m xmlns='urn:t'><a/><d></d><f/></m>", """{"a":null,"d":null,"f":null}""")]
    [InlineData(
        "<m xmlns='urn:t'><a i:nil='true' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'/></m>",
        """{"a":null}"""
    )]
    [InlineData("<m xmlns='urn:t'><a>1</a><f>True</f></m>", """{"a":1,"f":true}""")]
    [InlineData("<m xmlns='urn:t'><a>1</a><x>1E5</x></m>", """{"a":1,"x":100000}""")]
    [InlineData("<m xmlns='urn:t'><a>1</a><b><![CDATA[<x>]]>&amp;</b></m>", """{"a":1,"b":"<x>&"}""")]
    [InlineData("<m xmlns='urn:t'><a>99999999999</a></m>", """{"a":99999999999}""")]
    [InlineData("<m xmlns='urn:t'><a>1</a><new><z>5</z></new></m>", """{"a":1,"#any":{"new":{"z":"5"}}}""")]
    [InlineData(
        "<m xmlns='urn:t' id='5' e:encodingStyle='x' xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><a>1</a></m>",
        """{"@id":"5","a":1}"""
    )]
    [InlineData(
        "<m xmlns='urn:t'><a i:type='s:string' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:s='urn:nobody'>1</a></m>",
        """{"a":1}"""
    )]
    [InlineData("<m xmlns='urn:t'><a id='x'>1</a></m>", """{"a":1}""")]
    [InlineData(
        "<m xmlns='urn:t'><x:b xmlns:x='urn:x'>foreign</x:b><a>1</a><b>ours</b></m>",
        """{"#any":{"b":"foreign"},"a":1,"b":"ours"}"""
    )]
    [InlineData("<m xmlns='urn:t'><a>1</a><a xmlns=''>2</a></m>", """{"a":1,"#any":{"a":"2"}}""")]
    public async Task What_can_be_understood_is_read(string xml, string expected)
    {
        var exchange = await Exchange.OfAsync(Message(Content));

        (await exchange.ReadAsync(xml)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("<m xmlns='urn:t'><a>one</a></m>", "at /m/a is 'one', which is not a whole number (xs:int)")]
    [InlineData("<m xmlns='urn:t'><a>1</a><x>?</x></m>", "at /m/x is '?', which is not a number, INF, -INF or NaN")]
    [InlineData("<m xmlns='urn:t'><a>1</a><f>maybe</f></m>", "at /m/f is 'maybe', which is not true or false")]
    [InlineData("<m xmlns='urn:t'><a>1</a><a>2</a></m>", "at /m has several elements <a>; the schema permits one")]
    [InlineData("<m xmlns='urn:t'><a><b/></a></m>", "at /m/a is not a whole number")]
    [InlineData("<m xmlns='urn:t'>text<a>1</a></m>", "at /m has text where elements are expected")]
    [InlineData("<n xmlns='urn:t'/>", "has <n> (urn:t) in its body; <m> (urn:t) is expected")]
    [InlineData("", "has an empty body; <m> (urn:t) is expected")]
    [InlineData("<m xmlns='urn:t'><a>1</a>", "is no well-formed XML")]
    [InlineData("<m xmlns='urn:t'><a>&nbsp;</a></m>", "is no well-formed XML")]
    public async Task What_cannot_be_understood_is_told_with_its_place(string xml, string expected)
    {
        var exchange = await Exchange.OfAsync(Message(Content));

        (await exchange.MalformedAsync(xml)).ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_body_without_anything_is_nothing_where_nothing_need_be()
    {
        var exchange = await Exchange.OfAsync(
            Message("<xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence>")
        );

        (await exchange.ReadAsync("")).ShouldBe("null");
    }

    [Theory]
    [InlineData("<!DOCTYPE m [<!ENTITY a 'b'>]><m xmlns='urn:t'><b>&a;</b></m>")]
    [InlineData("<!DOCTYPE m SYSTEM 'file:///etc/passwd'><m xmlns='urn:t'/>")]
    [InlineData("<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m xmlns='urn:t'><b>&x;</b></m>")]
    [InlineData(
        "<!DOCTYPE m [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><m xmlns='urn:t'><b>&c;</b></m>"
    )]
    public async Task A_document_type_is_refused(string xml)
    {
        var exchange = await Exchange.OfAsync(Message(Content));
        using var reader = Exchange.Reader(xml);

        var error = await Should.ThrowAsync<MalformedAnswerException>(() =>
            exchange.Messages.ReadBodyAsync(reader, new AnswerReading(), default)
        );

        error.Message.ShouldContain("It has a document type (<!DOCTYPE …>), which is not taken. Leave it out.");
    }

    [Theory]
    [InlineData("t:node", "its JSON would have more than 56 levels of objects and lists")]
    [InlineData("xs:anyType", "is nested more than 100 elements deep")]
    public async Task Elements_are_nested_as_deep_as_they_may_be_and_no_deeper(string type, string expected)
    {
        var exchange = await Exchange.OfAsync(
            Message(
                $"<xs:sequence><xs:element name='n' type='{type}'/></xs:sequence>",
                "<xs:complexType name='node'><xs:sequence><xs:element name='n' type='t:node' minOccurs='0'/></xs:sequence></xs:complexType>"
            )
        );
        static string Nested(int depth) =>
            $"<m xmlns='urn:t'>{string.Concat(Enumerable.Repeat("<n>", depth))}{string.Concat(Enumerable.Repeat("</n>", depth))}</m>";

        (await exchange.ReadAsync(Nested(50))).ShouldNotBeEmpty();
        (await exchange.MalformedAsync(Nested(100_000))).ShouldContain(expected);
    }

    [Theory]
    [InlineData(27, true)]
    [InlineData(28, false)]
    public async Task An_item_of_a_list_is_two_levels_of_the_JSON(int depth, bool isTaken)
    {
        var exchange = await Exchange.OfAsync(
            Message(
                "<xs:sequence><xs:element name='n' type='t:node' maxOccurs='9'/></xs:sequence>",
                "<xs:complexType name='node'><xs:sequence><xs:element name='n' type='t:node' minOccurs='0' maxOccurs='9'/></xs:sequence></xs:complexType>"
            )
        );
        var answer =
            $"<m xmlns='urn:t'>{string.Concat(Enumerable.Repeat("<n>", depth))}{string.Concat(Enumerable.Repeat("</n>", depth))}</m>";

        if (isTaken)
            (await exchange.ReadAsync(answer)).Count(c => c == '{').ShouldBe(28);
        else
            (await exchange.MalformedAsync(answer)).ShouldStartWith("at /m/n/n/");
    }

    [Fact]
    public async Task An_answer_longer_than_its_limit_is_refused_as_it_is_read()
    {
        var exchange = await Exchange.OfAsync(Message(Content));
        using var reader = System.Xml.XmlReader.Create(
            new StringReader($"<m xmlns='urn:t'><b>{new string('x', 100_000)}</b></m>"),
            ForeignXml.Settings(maxCharacters: 50_000)
        );

        var error = await Should.ThrowAsync<MalformedAnswerException>(() =>
            exchange.Messages.ReadBodyAsync(reader, new AnswerReading(), default)
        );
        error.Message.ShouldContain("exceeded");
    }

    [Fact]
    public async Task A_list_that_is_in_no_choice_is_there_even_if_it_is_empty()
    {
        var exchange = await Exchange.OfAsync(
            Message(
                "<xs:sequence><xs:element name='l' type='xs:int' minOccurs='0' maxOccurs='9'/><xs:choice minOccurs='0'><xs:element name='c' type='xs:int' maxOccurs='9'/><xs:element name='d'/></xs:choice></xs:sequence>"
            )
        );

        (await exchange.ReadAsync("<m xmlns='urn:t'/>")).ShouldBe("""{"l":[]}""");
    }

    [Fact]
    public async Task A_withdrawn_task_ends_the_reading()
    {
        var exchange = await Exchange.OfAsync(Message(Content));
        using var reader = Exchange.Reader("<m xmlns='urn:t'><a>1</a></m>");

        await Should.ThrowAsync<OperationCanceledException>(() =>
            exchange.Messages.ReadBodyAsync(reader, new AnswerReading(), new CancellationToken(canceled: true))
        );
    }
}
