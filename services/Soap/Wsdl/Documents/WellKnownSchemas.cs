namespace Integration.Soap.Wsdl;

/// <summary>
/// Namespaces that WSDLs import without saying where from, or from an address that should not be asked. Of each as much as is
/// needed for schemas that refer to them to compile.
/// </summary>
internal static partial class WellKnownSchemas
{
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    // Where the organisations publish them that own the namespaces.
    private static readonly string[] _publishers = ["w3.org", "xmlsoap.org", "oasis-open.org"];

    private static readonly Dictionary<string, string> _schemas = new(StringComparer.Ordinal)
    {
        // A .NET DataSet carries its schema in the message.
        ["http://www.w3.org/2001/XMLSchema"] = """
            <xs:element name="schema">
              <xs:complexType>
                <xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>
                <xs:anyAttribute processContents="skip"/>
              </xs:complexType>
            </xs:element>
            """,
        // Operations that use it are refused; the others of the WSDL are not.
        ["http://schemas.xmlsoap.org/soap/encoding/"] = """
            <xs:attribute name="arrayType" type="xs:string"/>
            <xs:attribute name="offset" type="xs:string"/>
            <xs:attribute name="position" type="xs:string"/>
            <xs:attributeGroup name="commonAttributes">
              <xs:attribute name="id" type="xs:string"/>
              <xs:attribute name="href" type="xs:anyURI"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:attributeGroup>
            <xs:attributeGroup name="arrayAttributes">
              <xs:attribute ref="t:arrayType"/>
              <xs:attribute ref="t:offset"/>
            </xs:attributeGroup>
            <xs:group name="Array">
              <xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence>
            </xs:group>
            <xs:complexType name="Array">
              <xs:group ref="t:Array" minOccurs="0"/>
              <xs:attributeGroup ref="t:arrayAttributes"/>
              <xs:attributeGroup ref="t:commonAttributes"/>
            </xs:complexType>
            <xs:element name="Array" type="t:Array"/>
            """,
        ["http://www.w3.org/2005/05/xmlmime"] = """
            <xs:attribute name="contentType" type="xs:string"/>
            <xs:attribute name="expectedContentTypes" type="xs:string"/>
            <xs:complexType name="base64Binary">
              <xs:simpleContent>
                <xs:extension base="xs:base64Binary"><xs:attribute ref="t:contentType"/></xs:extension>
              </xs:simpleContent>
            </xs:complexType>
            <xs:complexType name="hexBinary">
              <xs:simpleContent>
                <xs:extension base="xs:hexBinary"><xs:attribute ref="t:contentType"/></xs:extension>
              </xs:simpleContent>
            </xs:complexType>
            """,
    };

    /// <summary>Whether the namespace is never fetched.</summary>
    public static bool Has(string? ns) => ns is not null && (ns == Xml || _schemas.ContainsKey(ns));

    /// <summary>Whether there is a schema for the namespace here, in case that there is none elsewhere.</summary>
    public static bool Knows(string? ns) => ns is not null && (Has(ns) || _published.ContainsKey(ns));

    /// <summary>
    /// Whether a document is one of those that many WSDLs refer to and none should fetch. A copy beside the WSDL is another matter:
    /// it may have been changed.
    /// </summary>
    public static bool NeedNotBeFetched(string? ns, Uri location) =>
        Knows(ns)
        && Array.Exists(
            _publishers,
            publisher =>
                location.Host.Equals(publisher, StringComparison.OrdinalIgnoreCase)
                || location.Host.EndsWith($".{publisher}", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The namespaces that have to be added where they are used; <c>xml:</c> is always known.</summary>
    public static IEnumerable<string> Namespaces => _schemas.Keys.Concat(_published.Keys);

    /// <summary>The simple types of the first encoding are those of the schema language, under another name.</summary>
    public static string Text(string ns) =>
        $"""
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="{ns}" targetNamespace="{ns}" elementFormDefault="qualified">
            {Imports(ns)}
            {_schemas.GetValueOrDefault(ns) ?? _published[ns]}
            {(ns == "http://schemas.xmlsoap.org/soap/encoding/" ? EncodedTypes() : "")}
            </xs:schema>
            """;

    // Encrypted keys stand in key information.
    private static string Imports(string ns) => ns == Encryption ? $"<xs:import namespace='{Signature}'/>" : "";

    private static string EncodedTypes() =>
        string.Concat(
            new[]
            {
                "string",
                "boolean",
                "decimal",
                "float",
                "double",
                "integer",
                "long",
                "int",
                "short",
                "byte",
                "nonNegativeInteger",
                "positiveInteger",
                "unsignedLong",
                "unsignedInt",
                "unsignedShort",
                "unsignedByte",
                "dateTime",
                "date",
                "time",
                "duration",
                "anyURI",
                "QName",
                "base64Binary",
                "hexBinary",
                "token",
                "Name",
            }.Select(name =>
                $"""
                    <xs:complexType name="{name}">
                      <xs:simpleContent>
                        <xs:extension base="xs:{name}"><xs:attributeGroup ref="t:commonAttributes"/></xs:extension>
                      </xs:simpleContent>
                    </xs:complexType>
                    <xs:element name="{name}" type="t:{name}"/>
                    """
            )
        ) + """<xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>""";
}
