using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

internal static partial class RoundTripCases
{
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
            """{"v": [1000, 0.0015, 7.50, 1, 5.0, 0.0]}"""
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
            "booleans where a kind of text is expected",
            Message(
                """<xs:sequence><xs:element name="t" type="xs:token"/><xs:element name="u" type="xs:anyURI"/><xs:element name="n" type="xs:NMTOKEN"/></xs:sequence>"""
            ),
            """{"t": true, "u": false, "n": true}""",
            """{"t": "true", "u": "false", "n": "true"}"""
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
}
