namespace Integration.Soap.Tests.Mapping;

/// <summary>Schemas and inputs: every feature of XML Schema that messages use.</summary>
internal static partial class RoundTripCases
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
}
