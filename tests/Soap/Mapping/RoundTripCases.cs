using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>Schemas and inputs: every feature of XML Schema that messages use.</summary>
internal static class RoundTripCases
{
    private const string Line = """
        <xs:complexType name="line">
          <xs:sequence><xs:element name="sku" type="xs:string"/><xs:element name="qty" type="xs:int"/></xs:sequence>
        </xs:complexType>
        """;

    private const string Shapes = """
        <xs:complexType name="shape" abstract="true">
          <xs:sequence><xs:element name="label" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:complexType>
        <xs:complexType name="circle"><xs:complexContent><xs:extension base="t:shape">
          <xs:sequence><xs:element name="radius" type="xs:decimal"/></xs:sequence><xs:attribute name="type" type="xs:string"/>
        </xs:extension></xs:complexContent></xs:complexType>
        <xs:complexType name="square"><xs:complexContent><xs:extension base="t:shape">
          <xs:sequence><xs:element name="side" type="xs:decimal"/></xs:sequence>
        </xs:extension></xs:complexContent></xs:complexType>
        """;

    /// <summary>Schemas; what is sent; what comes back, when it is written differently.</summary>
    public static IReadOnlyDictionary<string, (string[] Schemas, string Json, string? Expected)> All { get; } =
        Simple().Concat(Structures()).Concat(Special()).ToDictionary(c => c.Name, c => (c.Schemas, c.Json, c.Expected));

    private static (string Name, string[] Schemas, string Json, string? Expected) Case(
        string name,
        string schema,
        string json,
        string? expected = null
    ) => (name, [schema], json, expected);

    private static IEnumerable<(string Name, string[] Schemas, string Json, string? Expected)> Simple()
    {
        foreach (
            var (type, values) in new (string, string)[]
            {
                ("string", """["", " a b ", "<&>\"'", "ä€😀", "line\nbreak"]"""),
                ("normalizedString", """["a b"]"""),
                ("token", """["a b"]"""),
                ("language", """["de-AT"]"""),
                ("Name", """["a:b"]"""),
                ("NCName", """["a-b"]"""),
                ("NMTOKEN", """["1a"]"""),
                ("ID", """["i1", "i2"]"""),
                ("anyURI", """["https://example.org/a?b=c"]"""),
                ("boolean", "[true, false]"),
                ("decimal", "[0, -1.50, 0.0000000000000000000000000001]"),
                ("integer", "[0, -1234567890123456789012345678]"),
                ("long", "[9223372036854775807, -9223372036854775808]"),
                ("int", "[2147483647, -2147483648]"),
                ("short", "[32767]"),
                ("byte", "[-128]"),
                ("unsignedLong", "[18446744073709551615]"),
                ("unsignedInt", "[4294967295]"),
                ("unsignedShort", "[65535]"),
                ("unsignedByte", "[255]"),
                ("nonNegativeInteger", "[0]"),
                ("positiveInteger", "[1]"),
                ("nonPositiveInteger", "[0]"),
                ("negativeInteger", "[-1]"),
                ("double", """[1.5, 0.1, "INF", "-INF", "NaN", 1E+300]"""),
                ("float", """[1.5, 0.1, "INF"]"""),
                (
                    "dateTime",
                    """["2026-12-01T10:00:00Z", "2026-12-01T10:00:00.1234567+01:00", "2026-12-01T10:00:00"]"""
                ),
                ("date", """["2026-12-01", "2026-12-01+01:00"]"""),
                ("time", """["10:00:00", "23:59:59.999Z"]"""),
                ("duration", """["P1Y2M3DT4H5M6.7S", "-P1D"]"""),
                ("gYear", """["2026"]"""),
                ("gYearMonth", """["2026-12"]"""),
                ("gMonth", """["--12"]"""),
                ("gMonthDay", """["--12-31"]"""),
                ("gDay", """["---31"]"""),
                ("base64Binary", """["", "AAECAwQ=", "/+8="]"""),
                ("hexBinary", """["", "00FF"]"""),
                ("QName", """["{urn:other}name", "{urn:t}name", "plain"]"""),
                ("NMTOKENS", """[["a", "b"], ["c"]]"""),
                ("anySimpleType", """["a"]"""),
            }
        )
        {
            yield return Case(
                $"xs:{type}",
                Value($"""type="xs:{type}" maxOccurs="unbounded" """),
                $$"""{"v": {{values}}}"""
            );
        }

        yield return Case(
            "numbers in other forms",
            Value("""type="xs:decimal" maxOccurs="unbounded" """),
            """{"v": [1e3, 1.5E-3, "007.50", "+1", 5.0, "-0.0"]}""",
            """{"v": [1000, 0.0015, 7.50, 1, 5, 0.0]}"""
        );
        yield return Case(
            "whole numbers in other forms",
            Value("""type="xs:int" maxOccurs="unbounded" """),
            """{"v": [5.0, 1e2, "12", "-0"]}""",
            """{"v": [5, 100, 12, 0]}"""
        );
        yield return Case(
            "booleans in other forms",
            Value("""type="xs:boolean" maxOccurs="unbounded" """),
            """{"v": ["true", "0", "1"]}""",
            """{"v": [true, false, true]}"""
        );
        yield return Case(
            "numbers and booleans where texts are expected",
            Value("""type="xs:string" maxOccurs="unbounded" """),
            """{"v": [1.0, true]}""",
            """{"v": ["1.0", "true"]}"""
        );
        yield return Case(
            "an enumeration",
            Value(
                "",
                """<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType>"""
            ),
            """{"v": "B"}"""
        );
        yield return Case(
            "facets",
            Message(
                """
                <xs:sequence>
                  <xs:element name="zip" type="t:zip"/><xs:element name="sum" type="t:sum"/><xs:element name="code" type="t:code"/>
                </xs:sequence>
                """,
                """
                <xs:simpleType name="zip"><xs:restriction base="xs:string"><xs:pattern value="\d{5}(-[A-Z]{2,3})?"/></xs:restriction></xs:simpleType>
                <xs:simpleType name="sum"><xs:restriction base="xs:decimal"><xs:minExclusive value="10"/><xs:maxInclusive value="10.5"/><xs:fractionDigits value="1"/></xs:restriction></xs:simpleType>
                <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:length value="7"/></xs:restriction></xs:simpleType>
                """
            ),
            """{"zip": "12345-AB", "sum": 10.5, "code": "abcdefg"}"""
        );
        yield return Case(
            "a list",
            Value("", """<xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>"""),
            """{"v": [1, 2, 3]}"""
        );
        yield return Case(
            "lists in a list",
            Value("""maxOccurs="unbounded" """, """<xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>"""),
            """{"v": [[1, 2], [], [3]]}"""
        );
        yield return Case(
            "a union",
            Value(
                """maxOccurs="unbounded" """,
                """<xs:simpleType><xs:union memberTypes="xs:int xs:date t:size"/></xs:simpleType>""",
                """<xs:simpleType name="size"><xs:restriction base="xs:string"><xs:enumeration value="small"/></xs:restriction></xs:simpleType>"""
            ),
            """{"v": [5, "2026-12-01", "small"]}"""
        );
        yield return Case(
            "a restricted list of a union",
            Value(
                "",
                """<xs:simpleType><xs:restriction base="t:l"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>""",
                """<xs:simpleType name="l"><xs:list itemType="t:u"/></xs:simpleType><xs:simpleType name="u"><xs:union memberTypes="xs:int xs:string"/></xs:simpleType>"""
            ),
            """{"v": [1, "a", 3]}"""
        );
    }

    private static IEnumerable<(string Name, string[] Schemas, string Json, string? Expected)> Structures()
    {
        yield return Case("nothing in it", Message(""), "{}");
        yield return Case(
            "elements in another order than the schema's",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence>"""
            ),
            """{"b": 2, "a": 1}""",
            """{"a": 1, "b": 2}"""
        );
        yield return Case(
            "unqualified elements",
            Message("""<xs:sequence><xs:element name="a" type="t:line"/></xs:sequence>""", Line, "unqualified"),
            """{"a": {"sku": "x", "qty": 1}}"""
        );
        yield return Case(
            "qualified in one place, unqualified in another",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int" form="unqualified"/><xs:element name="b" type="xs:int"/></xs:sequence>"""
            ),
            """{"a": 1, "b": 2}"""
        );
        yield return Case(
            "lists of objects, and one that is empty",
            Message(
                """<xs:sequence><xs:element name="line" type="t:line" maxOccurs="unbounded"/><xs:element name="more" type="t:line" minOccurs="0" maxOccurs="2"/></xs:sequence>""",
                Line
            ),
            """{"line": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 2}]}""",
            """{"line": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 2}], "more": []}"""
        );
        yield return Case(
            "one value where a list is expected",
            Value("""type="xs:int" maxOccurs="3" """),
            """{"v": 1}""",
            """{"v": [1]}"""
        );
        yield return Case(
            "what is optional is missing or null",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int" minOccurs="0"/></xs:sequence><xs:attribute name="c"/>"""
            ),
            """{"a": null, "@c": null}""",
            "{}"
        );
        yield return Case(
            "nillable",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int" nillable="true"/><xs:element name="b" type="xs:int" nillable="true" maxOccurs="9"/></xs:sequence>"""
            ),
            """{"a": null, "b": [1, null, 2]}"""
        );
        yield return Case(
            "nillable with an attribute",
            Value(
                """nillable="true" """,
                """<xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="why" use="required"/></xs:extension></xs:simpleContent></xs:complexType>"""
            ),
            """{"v": {"@why": "unknown", "@xsi:nil": true}}"""
        );
        yield return Case(
            "a choice",
            Message(
                """<xs:choice><xs:element name="a" type="xs:int"/><xs:sequence><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int" minOccurs="0"/></xs:sequence></xs:choice>"""
            ),
            """{"c": 2, "b": 1}""",
            """{"b": 1, "c": 2}"""
        );
        yield return Case(
            "a choice of which the second way shares a name with the first",
            Message(
                """<xs:choice><xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int"/></xs:sequence><xs:sequence><xs:element name="c" type="xs:int"/><xs:element name="a" type="xs:int"/></xs:sequence></xs:choice>"""
            ),
            """{"c": 1, "a": 2}"""
        );
        yield return Case(
            "a repeated choice, grouped",
            Message(
                """<xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice>"""
            ),
            """{"a": [1, 2], "b": [3]}"""
        );
        yield return Case(
            "a repeated choice, in an order of its own",
            Message(
                """<xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice>"""
            ),
            """{"b": [3], "a": [1, 2], "#order": ["b", "a", "a"]}"""
        );
        yield return Case(
            "a repeated sequence",
            Message(
                """<xs:sequence maxOccurs="unbounded"><xs:element name="k" type="xs:string"/><xs:element name="v" type="xs:int"/></xs:sequence>"""
            ),
            """{"k": ["a", "b"], "v": [1, 2]}"""
        );
        yield return Case(
            "the same element twice in a sequence",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int"/><xs:element name="a" type="xs:int"/></xs:sequence>"""
            ),
            """{"b": 2, "a": [1]}""",
            """{"b": 2, "a": [1]}"""
        );
        yield return Case(
            "xs:all",
            Message(
                """<xs:all><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int" minOccurs="0"/></xs:all>"""
            ),
            """{"b": 2, "a": 1}""",
            """{"a": 1, "b": 2}"""
        );
        yield return Case(
            "groups of elements and attributes",
            Message(
                """<xs:sequence><xs:group ref="t:g" minOccurs="0"/></xs:sequence><xs:attributeGroup ref="t:ag"/>""",
                """<xs:group name="g"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:group><xs:attributeGroup name="ag"><xs:attribute name="x" type="xs:int"/></xs:attributeGroup>"""
            ),
            """{"@x": 1, "a": 2}"""
        );
        yield return Case(
            "attributes",
            Message(
                """<xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence><xs:attribute name="i" type="xs:int" use="required"/><xs:attribute name="l"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:attribute>"""
            ),
            """{"@i": 5, "@l": [1, 2], "a": 1}"""
        );
        yield return Case(
            "a required attribute with a fixed value",
            Message("""<xs:attribute name="version" fixed="2.0" use="required"/>"""),
            "{}",
            """{"@version": "2.0"}"""
        );
        yield return Case(
            "text with attributes",
            Value(
                "",
                """<xs:complexType><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency"/></xs:extension></xs:simpleContent></xs:complexType>"""
            ),
            """{"v": {"@currency": "EUR", "#text": 1.5}}"""
        );
        yield return Case(
            "text with attributes of which none is given",
            Value(
                "",
                """<xs:complexType><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency"/></xs:extension></xs:simpleContent></xs:complexType>"""
            ),
            """{"v": 1.5}""",
            """{"v": {"#text": 1.5}}"""
        );
        yield return Case(
            "text with attributes, restricted",
            Value(
                """type="t:small" """,
                "",
                """
                <xs:complexType name="any"><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="x"/></xs:extension></xs:simpleContent></xs:complexType>
                <xs:complexType name="small"><xs:simpleContent><xs:restriction base="t:any"><xs:maxLength value="2"/></xs:restriction></xs:simpleContent></xs:complexType>
                """
            ),
            """{"v": {"@x": "1", "#text": "ab"}}"""
        );
        yield return Case(
            "types that contain themselves",
            Message(
                """<xs:sequence><xs:element name="n" type="t:node"/></xs:sequence>""",
                """<xs:complexType name="node"><xs:sequence><xs:element name="v" type="xs:int"/><xs:element name="n" type="t:node" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>"""
            ),
            """{"n": {"v": 1, "n": [{"v": 2, "n": []}, {"v": 3, "n": [{"v": 4, "n": []}]}]}}"""
        );
    }

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
            """{"v": ["text", {"@xsi:type": "int", "#text": 5}, {"@xsi:type": "line", "sku": "a", "qty": 1}, {"#xml": "<x xmlns=\"urn:x\"><y>1</y></x>"}, {"@a": "1", "#text": "b"}]}"""
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
            """{"@{urn:x}y": "1", "a": 1, "#any": ["<x xmlns=\"urn:x\"><y>1</y></x>", "<z xmlns=\"urn:z\" />"]}"""
        );
        yield return Case(
            "a wildcard that must be there, with elements that the schema knows",
            Message(
                """<xs:sequence><xs:any processContents="strict"/></xs:sequence>""",
                """<xs:element name="known" type="xs:string"/>"""
            ),
            """{"#any": ["<known xmlns=\"urn:t\">1</known>"]}"""
        );
        yield return Case(
            "a DataSet of .NET",
            Message("""<xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="2"/></xs:sequence>"""),
            """{"#any": ["<s xmlns=\"urn:x\" />", "<d xmlns=\"urn:y\">5</d>"]}"""
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
