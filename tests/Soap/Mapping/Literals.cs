using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>Numbers are sent as they are written: some services look at the text.</summary>
public sealed class Literals
{
    [Theory]
    [InlineData("decimal", "10.00", "10.00")]
    [InlineData("decimal", "0.10", "0.10")]
    [InlineData("decimal", "-5.0", "-5.0")]
    [InlineData("decimal", "1.50e1", "15.0")]
    [InlineData("decimal", "1e2", "100")]
    [InlineData("decimal", "12345678901234567890123456789012345.00", "12345678901234567890123456789012345.00")]
    [InlineData("integer", "10.00", "10")]
    [InlineData("int", "1e2", "100")]
    [InlineData("long", "5.0", "5")]
    [InlineData("string", "10.00", "10.00")]
    [InlineData("double", "1.10", "1.10")]
    public async Task A_number_keeps_its_zeros_where_its_type_has_places_for_them(
        string type,
        string number,
        string sent
    )
    {
        var exchange = await Exchange.OfAsync(Value($"type='xs:{type}'"));

        (await exchange.XmlAsync($$"""{"v": {{number}}}""")).ShouldContain($">{sent}<");
    }

    [Theory]
    [InlineData("""\d+\.\d{2}""", "10.00", "10.00")]
    [InlineData("""\d+""", "10.00", "10")]
    public async Task A_pattern_decides_how_it_is_written(string pattern, string number, string sent)
    {
        var exchange = await Exchange.OfAsync(
            Value(
                "",
                $"<xs:simpleType><xs:restriction base='xs:decimal'><xs:pattern value='{pattern}'/></xs:restriction></xs:simpleType>"
            )
        );

        (await exchange.XmlAsync($$"""{"v": {{number}}}""")).ShouldContain($">{sent}<");
    }

    [Fact]
    public async Task A_list_a_union_and_an_attribute_keep_them_too()
    {
        var exchange = await Exchange.OfAsync(
            Message(
                """
                <xs:sequence>
                  <xs:element name="l"><xs:simpleType><xs:list itemType="xs:decimal"/></xs:simpleType></xs:element>
                  <xs:element name="u"><xs:simpleType><xs:union memberTypes="xs:boolean xs:decimal"/></xs:simpleType></xs:element>
                </xs:sequence>
                <xs:attribute name="a" type="xs:decimal"/>
                """
            )
        );

        var xml = await exchange.XmlAsync("""{"@a": 1.0, "l": [2.00, 3], "u": 4.50}""");

        xml.ShouldContain(" a=\"1.0\"");
        xml.ShouldContain(">2.00 3<");
        xml.ShouldContain(">4.50<");
    }
}
