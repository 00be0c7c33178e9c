using Integration.Errors;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>What is printed as an example can be sent.</summary>
public sealed class Examples
{
    private const string Abstract = """
        <xs:complexType name="base" abstract="true"/>
        <xs:complexType name="real"><xs:complexContent><xs:extension base="t:base"><xs:attribute name="k"/></xs:extension></xs:complexContent></xs:complexType>
        """;

    public static TheoryData<string, string> Schemas =>
        new()
        {
            {
                "an element twice",
                Message(
                    "<xs:sequence><xs:element name='a' type='xs:string' minOccurs='2' maxOccurs='unbounded'/></xs:sequence>"
                )
            },
            {
                "an element many times",
                Message(
                    "<xs:sequence><xs:element name='a' type='xs:string' minOccurs='120' maxOccurs='unbounded'/></xs:sequence>"
                )
            },
            {
                "a sequence twice",
                Message(
                    "<xs:sequence minOccurs='2' maxOccurs='3'><xs:element name='a' type='xs:string'/><xs:element name='b' type='xs:int' minOccurs='0'/></xs:sequence>"
                )
            },
            {
                "a choice twice",
                Message(
                    "<xs:choice minOccurs='2' maxOccurs='2'><xs:element name='a' type='xs:string'/><xs:element name='b' type='xs:int'/></xs:choice>"
                )
            },
            {
                "groups in groups, each of them twice",
                Message(
                    "<xs:sequence minOccurs='2' maxOccurs='2'><xs:choice minOccurs='2' maxOccurs='2'><xs:sequence><xs:element name='a' type='xs:string' minOccurs='2' maxOccurs='2'/></xs:sequence></xs:choice></xs:sequence>"
                )
            },
            {
                "a substitution group twice",
                Message(
                    "<xs:sequence><xs:element ref='t:e' minOccurs='2' maxOccurs='unbounded'/></xs:sequence>",
                    Abstract
                        + "<xs:element name='e' type='t:base'/><xs:element name='f' type='t:real' substitutionGroup='t:e'/>"
                )
            },
            {
                "a choice whose first way nobody can go",
                Message(
                    "<xs:choice><xs:element name='a' type='t:none'/><xs:element name='b' type='xs:string'/></xs:choice>",
                    "<xs:complexType name='none' abstract='true'/>"
                )
            },
            {
                "something optional that cannot be",
                Message(
                    "<xs:sequence><xs:element name='a' type='t:none' minOccurs='0'/><xs:element name='b' type='xs:string'/></xs:sequence>",
                    "<xs:complexType name='none' abstract='true'/>"
                )
            },
            {
                "something optional whose value cannot be made up",
                Message(
                    "<xs:sequence><xs:element name='a' minOccurs='0'><xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='[A-Z-[A-Y]]{3}'/></xs:restriction></xs:simpleType></xs:element><xs:element name='b' type='xs:string'/></xs:sequence>"
                )
            },
            {
                "mixed content with an element that must be there",
                Value(
                    "",
                    "<xs:complexType mixed='true'><xs:sequence><xs:element name='b' type='xs:string'/></xs:sequence></xs:complexType>"
                )
            },
            {
                "mixed content with a choice that must be made",
                Value(
                    "",
                    "<xs:complexType mixed='true'><xs:choice maxOccurs='unbounded'><xs:element name='a' type='xs:string'/><xs:element name='b' type='xs:string'/></xs:choice></xs:complexType>"
                )
            },
            {
                "mixed content with any element",
                Value(
                    "minOccurs='0'",
                    "<xs:complexType mixed='true'><xs:sequence><xs:any processContents='lax'/></xs:sequence></xs:complexType>"
                )
            },
            {
                "any element that the schema does not know, where it has to know it",
                Value(
                    "minOccurs='0'",
                    "<xs:complexType mixed='true'><xs:sequence><xs:any/></xs:sequence></xs:complexType>"
                )
            },
            {
                "any element of the schema, several times",
                Message(
                    "<xs:sequence><xs:any namespace='##targetNamespace' minOccurs='3' maxOccurs='3'/></xs:sequence>",
                    "<xs:element name='known' type='xs:int'/>"
                )
            },
            {
                "any element of another schema",
                Message(
                    "<xs:sequence><xs:any namespace='##other' processContents='lax' minOccurs='2' maxOccurs='2'/></xs:sequence>"
                )
            },
            {
                "a type that contains itself",
                Message(
                    "<xs:sequence><xs:element name='n' type='t:n'/></xs:sequence>",
                    "<xs:complexType name='n'><xs:choice><xs:element name='n' type='t:n' minOccurs='2' maxOccurs='2'/><xs:element name='end' type='xs:int'/></xs:choice></xs:complexType>"
                )
            },
        };

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task An_example_can_be_sent(string what, string schema)
    {
        var exchange = await Exchange.OfAsync(schema);

        var example = Exchange.Text(exchange.Messages.ExampleInput());

        var xml = Should.NotThrow(() => exchange.XmlAsync(example).GetAwaiter().GetResult(), $"{what}: {example}");
        exchange.Validate(xml).ShouldBeEmpty(xml);
    }

    [Fact]
    public async Task An_example_that_nobody_could_make_is_one_all_the_same()
    {
        var exchange = await Exchange.OfAsync(
            Message(
                "<xs:sequence><xs:element name='a' type='t:none'/></xs:sequence>",
                "<xs:complexType name='none' abstract='true'/>"
            )
        );

        var example = Exchange.Text(exchange.Messages.ExampleInput());

        Should.Throw<DataErrorException>(() => exchange.Map(example)).Message.ShouldContain("there is none");
    }
}
