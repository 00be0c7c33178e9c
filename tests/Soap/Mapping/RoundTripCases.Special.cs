using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

internal static partial class RoundTripCases
{
    private static IEnumerable<(string Name, string[] Schemas, string Json, string? Expected)> Special()
    {
        yield return Case(
            "a derived type for an abstract one",
            Value("""type="t:shape" maxOccurs="2" """, "", Shapes),
            """{"v": [{"@xsi:type": "circle", "@type": "round", "label": "a", "radius": 1.5}, {"@xsi:type": "{urn:t}square", "side": 2}]}""",
            """{"v": [{"@xsi:type": "circle", "@type": "round", "label": "a", "radius": 1.5}, {"@xsi:type": "square", "side": 2}]}"""
        );
        yield return Case(
            "a derived type for one that is not abstract",
            Value(
                """type="t:line" """,
                "",
                Line
                    + """<xs:complexType name="note"><xs:complexContent><xs:extension base="t:line"><xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"""
            ),
            """{"v": {"@xsi:type": "note", "sku": "a", "qty": 1, "text": "x"}}"""
        );
        yield return Case(
            "a simple type derived from the declared one",
            Value(
                """type="xs:decimal" """,
                "",
                """<xs:simpleType name="small"><xs:restriction base="xs:decimal"><xs:maxInclusive value="10"/></xs:restriction></xs:simpleType>"""
            ),
            """{"v": {"@xsi:type": "small", "#text": 5}}"""
        );
        yield return Case(
            "any type at all",
            Value("""type="xs:anyType" maxOccurs="unbounded" """, "", Line),
            """{"v": ["text", {"@xsi:type": "int", "#text": 5}, {"@xsi:type": "line", "sku": "a", "qty": 1}, {"#xml": "<x xmlns=\"urn:x\"><y>1</y></x>"}, {"@a": "1", "#text": "b"}]}""",
            """{"v": ["text", {"@xsi:type": "int", "#text": 5}, {"@xsi:type": "line", "sku": "a", "qty": 1}, {"#any": {"x": {"y": "1"}}}, {"@a": "1", "#text": "b"}]}"""
        );
        yield return Case(
            "substitution groups",
            Message(
                """<xs:sequence><xs:element ref="t:animal" maxOccurs="unbounded"/></xs:sequence>""",
                """<xs:element name="animal" abstract="true" type="xs:string"/><xs:element name="cat" type="xs:string" substitutionGroup="t:animal"/><xs:element name="dog" type="xs:string" substitutionGroup="t:animal"/><xs:element name="puppy" type="xs:string" substitutionGroup="t:dog"/>"""
            ),
            """{"dog": ["Rex"], "cat": ["Tom"], "#order": ["dog", "cat"]}"""
        );
        yield return Case(
            "mixed content",
            Value(
                "",
                """<xs:complexType mixed="true"><xs:sequence><xs:element name="b" type="xs:string" minOccurs="0" maxOccurs="9"/></xs:sequence></xs:complexType>"""
            ),
            """{"v": {"#xml": "some <b xmlns=\"urn:t\">bold</b> text"}}"""
        );
        yield return Case(
            "mixed content that is text alone",
            Value(
                """maxOccurs="2" """,
                """<xs:complexType mixed="true"><xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>"""
            ),
            """{"v": ["a < b", ""]}"""
        );
        yield return Case(
            "a wildcard",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int"/><xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute namespace="##any" processContents="lax"/>"""
            ),
            """{"@{urn:x}y": "1", "a": 1, "#any": ["<x xmlns=\"urn:x\"><y>1</y></x>", "<z xmlns=\"urn:z\" />"]}""",
            """{"@{urn:x}y": "1", "a": 1, "#any": {"x": {"y": "1"}, "z": ""}}"""
        );
        yield return Case(
            "a wildcard that must be there, with elements that the schema knows",
            Message(
                """<xs:sequence><xs:any processContents="strict"/></xs:sequence>""",
                """<xs:element name="known" type="xs:string"/>"""
            ),
            """{"#any": {"known": "1"}}"""
        );
        yield return Case(
            "a DataSet of .NET",
            Message("""<xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="2"/></xs:sequence>"""),
            """{"#any": {"{urn:x}s": {"@id": "a"}, "{urn:y}d": {"row": [{"@n": "1", "name": "Ada"}, {"@n": "2", "name": null}]}}}""",
            """{"#any": {"s": {"@id": "a"}, "d": {"row": [{"@n": "1", "name": "Ada"}, {"@n": "2", "name": null}]}}}"""
        );
        yield return Case(
            "fields of an object that only its owner knows, in the namespace of the schema",
            Value(
                """maxOccurs="2" """,
                """<xs:complexType><xs:sequence><xs:element name="type" type="xs:string"/><xs:any namespace="##targetNamespace" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>"""
            ),
            """{"v": [{"type": "Account", "#any": {"Name": "Ada & Co", "Phone": null, "Owner": {"Id": "5"}}}, {"type": "Contact"}]}"""
        );
        yield return Case(
            "elements that the schema knows where any may stand",
            Message(
                """<xs:sequence><xs:any processContents="lax" maxOccurs="unbounded"/></xs:sequence>""",
                """<xs:element name="line" type="t:line"/>""" + Line
            ),
            """{"#any": {"line": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 2}]}}"""
        );
        yield return Case(
            "rows in mixed content",
            Value(
                "",
                """<xs:complexType mixed="true"><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>"""
            ),
            """{"v": {"#any": {"{urn:l}list": {"@count": "2", "row": [{"@title": "a"}, {"@title": "b"}]}}}}""",
            """{"v": {"#any": {"list": {"@count": "2", "row": [{"@title": "a"}, {"@title": "b"}]}}}}"""
        );
        yield return Case(
            "xml:lang",
            """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"><xs:import namespace="http://www.w3.org/XML/1998/namespace"/><xs:element name="m"><xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:attribute ref="xml:lang"/></xs:extension></xs:simpleContent></xs:complexType></xs:element></xs:schema>""",
            """{"@lang": "de", "#text": "Hallo"}"""
        );
        yield return Case(
            "names with dots, dashes and umlauts",
            Message("""<xs:sequence><xs:element name="a.b-c_ä" type="xs:int"/></xs:sequence>"""),
            """{"a.b-c_ä": 1}"""
        );
        yield return (
            "several namespaces, and one name in two of them",
            [
                Schema(
                        """<xs:element name="m"><xs:complexType><xs:sequence><xs:element name="id" type="xs:int"/><xs:element ref="o:id"/><xs:element name="w" type="o:thing"/></xs:sequence><xs:attribute name="x" type="xs:int"/><xs:attribute ref="o:x"/></xs:complexType></xs:element>""".Replace(
                            "o:",
                            "o:",
                            StringComparison.Ordinal
                        ),
                        imports: """<xs:import namespace="urn:o"/>"""
                    )
                    .Replace("xmlns:t=", "xmlns:o=\"urn:o\" xmlns:t=", StringComparison.Ordinal),
                """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:element name="id" type="xs:string"/><xs:attribute name="x" type="xs:int"/><xs:complexType name="thing"><xs:sequence><xs:element name="inner" type="xs:int"/></xs:sequence></xs:complexType></xs:schema>""",
            ],
            """{"@{}x": 1, "@{urn:o}x": 2, "{urn:t}id": 5, "{urn:o}id": "a", "w": {"inner": 1}}""",
            null
        );
    }
}
