using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

internal static partial class RoundTripCases
{
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
            "a choice in a repeated sequence, in an order of its own",
            Message(
                """<xs:sequence maxOccurs="unbounded"><xs:choice><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice></xs:sequence>"""
            ),
            """{"a": [1, 2], "b": [3], "#order": ["a", "b", "a"]}"""
        );
        yield return Case(
            "a sequence in a repeated choice, in an order of its own",
            Message(
                """<xs:choice maxOccurs="unbounded"><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int" minOccurs="0"/></xs:sequence></xs:choice>"""
            ),
            """{"a": [1, 2], "b": [3], "#order": ["a", "a", "b"]}"""
        );
        yield return Case(
            "elements that stand for one another in a repeated sequence, in an order of their own",
            Message(
                """<xs:sequence maxOccurs="unbounded"><xs:element ref="t:a"/></xs:sequence>""",
                """<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int" substitutionGroup="t:a"/>"""
            ),
            """{"a": [1, 2], "b": [3], "#order": ["a", "b", "a"]}"""
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
            "a required attribute with a fixed value that another schema component declares",
            Message(
                """<xs:attribute ref="t:version" use="required"/>""",
                """<xs:attribute name="version" fixed="2.0"/>"""
            ),
            "{}",
            """{"@version": "2.0"}"""
        );
        yield return Case(
            "fixed values in other words",
            Message(
                """<xs:attribute name="d" type="xs:decimal" fixed="1.000"/><xs:attribute name="f" type="xs:boolean" fixed="1"/>"""
            ),
            """{"@d": 1.00, "@f": true}"""
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
}
