namespace Integration.Soap.Wsdl;

/// <summary>
/// What the W3C calls the parts of signatures, encryption, addressing, envelopes and XOP, and how they are put together: names and
/// structure as the recommendations describe them, written here, with less strict values and without their text. A type that a WSDL may
/// name is there, also where nothing else needs it.
/// </summary>
internal static partial class WellKnownSchemas
{
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    private const string Encryption = "http://www.w3.org/2001/04/xmlenc#";

    /// <summary>Whether the schema of a namespace needs that of signatures.</summary>
    public static bool NeedsSignature(string ns) => ns == Encryption;

    private const string Addressing = """
        <xs:complexType name="AttributedURI">
          <xs:simpleContent>
            <xs:extension base="xs:anyURI"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:complexType name="AttributedURIType">
          <xs:simpleContent>
            <xs:extension base="xs:anyURI"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:complexType name="AttributedQName">
          <xs:simpleContent>
            <xs:extension base="xs:QName"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:complexType name="ReferenceParametersType">
          <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
          <xs:anyAttribute namespace="##other" processContents="lax"/>
        </xs:complexType>
        <xs:complexType name="MetadataType">
          <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
          <xs:anyAttribute namespace="##other" processContents="lax"/>
        </xs:complexType>
        <xs:complexType name="EndpointReferenceType">
          <xs:sequence>
            <xs:element name="Address" type="t:AttributedURIType"/>
            <xs:element ref="t:ReferenceParameters" minOccurs="0"/>
            <xs:element ref="t:Metadata" minOccurs="0"/>
            <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:anyAttribute namespace="##other" processContents="lax"/>
        </xs:complexType>
        <xs:complexType name="RelatesToType">
          <xs:simpleContent>
            <xs:extension base="xs:anyURI">
              <xs:attribute name="RelationshipType" type="xs:string"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:element name="EndpointReference" type="t:EndpointReferenceType"/>
        <xs:element name="ReferenceParameters" type="t:ReferenceParametersType"/>
        <xs:element name="Metadata" type="t:MetadataType"/>
        <xs:element name="MessageID" type="t:AttributedURIType"/>
        <xs:element name="RelatesTo" type="t:RelatesToType"/>
        <xs:element name="ReplyTo" type="t:EndpointReferenceType"/>
        <xs:element name="From" type="t:EndpointReferenceType"/>
        <xs:element name="FaultTo" type="t:EndpointReferenceType"/>
        <xs:element name="To" type="t:AttributedURIType"/>
        <xs:element name="Action" type="t:AttributedURIType"/>
        <xs:element name="ProblemAction" type="t:AttributedURIType"/>
        <xs:element name="RetryAfter" type="xs:unsignedLong"/>
        <xs:attribute name="IsReferenceParameter" type="xs:boolean"/>
        <xs:attribute name="Action" type="xs:anyURI"/>
        """;

    private const string Envelope = """
        <xs:complexType name="Content">
          <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
          <xs:anyAttribute namespace="##any" processContents="lax"/>
        </xs:complexType>
        <xs:complexType name="Header"><xs:complexContent><xs:extension base="t:Content"/></xs:complexContent></xs:complexType>
        <xs:complexType name="Body"><xs:complexContent><xs:extension base="t:Content"/></xs:complexContent></xs:complexType>
        <xs:complexType name="Fault"><xs:complexContent><xs:extension base="t:Content"/></xs:complexContent></xs:complexType>
        <xs:complexType name="Envelope"><xs:complexContent><xs:extension base="t:Content"/></xs:complexContent></xs:complexType>
        <xs:element name="Envelope" type="t:Envelope"/>
        <xs:element name="Header" type="t:Header"/>
        <xs:element name="Body" type="t:Body"/>
        <xs:element name="Fault" type="t:Fault"/>
        <xs:attribute name="mustUnderstand" type="xs:boolean"/>
        <xs:attribute name="actor" type="xs:anyURI"/>
        <xs:attribute name="role" type="xs:anyURI"/>
        <xs:attribute name="relay" type="xs:boolean"/>
        <xs:simpleType name="encodingStyle"><xs:list itemType="xs:anyURI"/></xs:simpleType>
        <xs:attribute name="encodingStyle" type="t:encodingStyle"/>
        <xs:attributeGroup name="encodingStyle"><xs:attribute ref="t:encodingStyle"/></xs:attributeGroup>
        """;

    private const string AnyContent =
        """<xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>""";

    private static readonly Dictionary<string, string> _published = new(StringComparer.Ordinal)
    {
        ["http://www.w3.org/2005/08/addressing"] = Addressing,
        ["http://schemas.xmlsoap.org/ws/2004/08/addressing"] = Addressing,
        ["http://schemas.xmlsoap.org/soap/envelope/"] = Envelope,
        ["http://www.w3.org/2003/05/soap-envelope"] = Envelope,
        ["http://www.w3.org/2004/08/xop/include"] = $"""
            <xs:complexType name="Include">
              <xs:sequence>{AnyContent}</xs:sequence>
              <xs:attribute name="href" type="xs:anyURI" use="required"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
            <xs:element name="Include" type="t:Include"/>
            """,
        // XML Signature, section 4; of the rarely used keys (DSA, PGP, SPKI) the elements with any content.
        [Signature] = $"""
            <xs:simpleType name="CryptoBinary"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
            <xs:simpleType name="DigestValueType"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
            <xs:simpleType name="HMACOutputLengthType"><xs:restriction base="xs:integer"/></xs:simpleType>
            <xs:complexType name="SignatureType">
              <xs:sequence>
                <xs:element ref="t:SignedInfo"/>
                <xs:element ref="t:SignatureValue"/>
                <xs:element ref="t:KeyInfo" minOccurs="0"/>
                <xs:element ref="t:Object" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:complexType name="SignatureValueType">
              <xs:simpleContent><xs:extension base="xs:base64Binary"><xs:attribute name="Id" type="xs:ID"/></xs:extension></xs:simpleContent>
            </xs:complexType>
            <xs:complexType name="SignedInfoType">
              <xs:sequence>
                <xs:element ref="t:CanonicalizationMethod"/>
                <xs:element ref="t:SignatureMethod"/>
                <xs:element ref="t:Reference" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:complexType name="CanonicalizationMethodType" mixed="true">
              <xs:sequence>{AnyContent}</xs:sequence>
              <xs:attribute name="Algorithm" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="SignatureMethodType" mixed="true">
              <xs:sequence>
                <xs:element name="HMACOutputLength" type="t:HMACOutputLengthType" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="Algorithm" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="ReferenceType">
              <xs:sequence>
                <xs:element ref="t:Transforms" minOccurs="0"/>
                <xs:element ref="t:DigestMethod"/>
                <xs:element ref="t:DigestValue"/>
              </xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
              <xs:attribute name="URI" type="xs:anyURI"/>
              <xs:attribute name="Type" type="xs:anyURI"/>
            </xs:complexType>
            <xs:complexType name="TransformsType">
              <xs:sequence><xs:element ref="t:Transform" maxOccurs="unbounded"/></xs:sequence>
            </xs:complexType>
            <xs:complexType name="TransformType" mixed="true">
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:any namespace="##other" processContents="lax"/>
                <xs:element name="XPath" type="xs:string"/>
              </xs:choice>
              <xs:attribute name="Algorithm" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="DigestMethodType" mixed="true">
              <xs:sequence><xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="Algorithm" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="KeyInfoType" mixed="true">
              <xs:choice maxOccurs="unbounded">
                <xs:element ref="t:KeyName"/>
                <xs:element ref="t:KeyValue"/>
                <xs:element ref="t:RetrievalMethod"/>
                <xs:element ref="t:X509Data"/>
                <xs:element ref="t:PGPData"/>
                <xs:element ref="t:SPKIData"/>
                <xs:element ref="t:MgmtData"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:complexType name="KeyValueType" mixed="true">
              <xs:choice>
                <xs:element ref="t:DSAKeyValue"/>
                <xs:element ref="t:RSAKeyValue"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
            </xs:complexType>
            <xs:complexType name="RetrievalMethodType">
              <xs:sequence><xs:element ref="t:Transforms" minOccurs="0"/></xs:sequence>
              <xs:attribute name="URI" type="xs:anyURI"/>
              <xs:attribute name="Type" type="xs:anyURI"/>
            </xs:complexType>
            <xs:complexType name="X509DataType">
              <xs:sequence maxOccurs="unbounded">
                <xs:choice>
                  <xs:element name="X509IssuerSerial" type="t:X509IssuerSerialType"/>
                  <xs:element name="X509SKI" type="xs:base64Binary"/>
                  <xs:element name="X509SubjectName" type="xs:string"/>
                  <xs:element name="X509Certificate" type="xs:base64Binary"/>
                  <xs:element name="X509CRL" type="xs:base64Binary"/>
                  <xs:any namespace="##other" processContents="lax"/>
                </xs:choice>
              </xs:sequence>
            </xs:complexType>
            <xs:complexType name="X509IssuerSerialType">
              <xs:sequence>
                <xs:element name="X509IssuerName" type="xs:string"/>
                <xs:element name="X509SerialNumber" type="xs:integer"/>
              </xs:sequence>
            </xs:complexType>
            <xs:complexType name="PGPDataType"><xs:sequence>{AnyContent}</xs:sequence></xs:complexType>
            <xs:complexType name="SPKIDataType"><xs:sequence>{AnyContent}</xs:sequence></xs:complexType>
            <xs:complexType name="DSAKeyValueType"><xs:sequence>{AnyContent}</xs:sequence></xs:complexType>
            <xs:complexType name="RSAKeyValueType">
              <xs:sequence>
                <xs:element name="Modulus" type="t:CryptoBinary"/>
                <xs:element name="Exponent" type="t:CryptoBinary"/>
              </xs:sequence>
            </xs:complexType>
            <xs:complexType name="ObjectType" mixed="true">
              <xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:any namespace="##any" processContents="lax"/></xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
              <xs:attribute name="MimeType" type="xs:string"/>
              <xs:attribute name="Encoding" type="xs:anyURI"/>
            </xs:complexType>
            <xs:complexType name="ManifestType">
              <xs:sequence><xs:element ref="t:Reference" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:complexType name="SignaturePropertiesType">
              <xs:sequence><xs:element ref="t:SignatureProperty" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:complexType name="SignaturePropertyType" mixed="true">
              <xs:choice maxOccurs="unbounded"><xs:any namespace="##other" processContents="lax"/></xs:choice>
              <xs:attribute name="Target" type="xs:anyURI" use="required"/>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:element name="Signature" type="t:SignatureType"/>
            <xs:element name="SignatureValue" type="t:SignatureValueType"/>
            <xs:element name="SignedInfo" type="t:SignedInfoType"/>
            <xs:element name="CanonicalizationMethod" type="t:CanonicalizationMethodType"/>
            <xs:element name="SignatureMethod" type="t:SignatureMethodType"/>
            <xs:element name="Reference" type="t:ReferenceType"/>
            <xs:element name="Transforms" type="t:TransformsType"/>
            <xs:element name="Transform" type="t:TransformType"/>
            <xs:element name="DigestMethod" type="t:DigestMethodType"/>
            <xs:element name="DigestValue" type="t:DigestValueType"/>
            <xs:element name="KeyInfo" type="t:KeyInfoType"/>
            <xs:element name="KeyName" type="xs:string"/>
            <xs:element name="MgmtData" type="xs:string"/>
            <xs:element name="KeyValue" type="t:KeyValueType"/>
            <xs:element name="RetrievalMethod" type="t:RetrievalMethodType"/>
            <xs:element name="X509Data" type="t:X509DataType"/>
            <xs:element name="PGPData" type="t:PGPDataType"/>
            <xs:element name="SPKIData" type="t:SPKIDataType"/>
            <xs:element name="DSAKeyValue" type="t:DSAKeyValueType"/>
            <xs:element name="RSAKeyValue" type="t:RSAKeyValueType"/>
            <xs:element name="Object" type="t:ObjectType"/>
            <xs:element name="Manifest" type="t:ManifestType"/>
            <xs:element name="SignatureProperties" type="t:SignaturePropertiesType"/>
            <xs:element name="SignatureProperty" type="t:SignaturePropertyType"/>
            """,
        // XML Encryption, sections 3.1 to 3.6.
        [Encryption] = $"""
            <xs:complexType name="EncryptedType" abstract="true">
              <xs:sequence>
                <xs:element name="EncryptionMethod" type="t:EncryptionMethodType" minOccurs="0"/>
                <xs:element ref="s:KeyInfo" minOccurs="0" xmlns:s="{Signature}"/>
                <xs:element ref="t:CipherData"/>
                <xs:element ref="t:EncryptionProperties" minOccurs="0"/>
              </xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
              <xs:attribute name="Type" type="xs:anyURI"/>
              <xs:attribute name="MimeType" type="xs:string"/>
              <xs:attribute name="Encoding" type="xs:anyURI"/>
            </xs:complexType>
            <xs:complexType name="EncryptionMethodType" mixed="true">
              <xs:sequence>
                <xs:element name="KeySize" type="xs:integer" minOccurs="0"/>
                <xs:element name="OAEPparams" type="xs:base64Binary" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="Algorithm" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="CipherDataType">
              <xs:choice>
                <xs:element name="CipherValue" type="xs:base64Binary"/>
                <xs:element ref="t:CipherReference"/>
              </xs:choice>
            </xs:complexType>
            <xs:complexType name="CipherReferenceType">
              <xs:sequence>{AnyContent}</xs:sequence>
              <xs:attribute name="URI" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="EncryptedDataType"><xs:complexContent><xs:extension base="t:EncryptedType"/></xs:complexContent></xs:complexType>
            <xs:complexType name="EncryptedKeyType">
              <xs:complexContent>
                <xs:extension base="t:EncryptedType">
                  <xs:sequence>
                    <xs:element ref="t:ReferenceList" minOccurs="0"/>
                    <xs:element name="CarriedKeyName" type="xs:string" minOccurs="0"/>
                  </xs:sequence>
                  <xs:attribute name="Recipient" type="xs:string"/>
                </xs:extension>
              </xs:complexContent>
            </xs:complexType>
            <xs:complexType name="ReferenceType">
              <xs:sequence>{AnyContent}</xs:sequence>
              <xs:attribute name="URI" type="xs:anyURI" use="required"/>
            </xs:complexType>
            <xs:complexType name="EncryptionPropertiesType">
              <xs:sequence>{AnyContent}</xs:sequence>
              <xs:attribute name="Id" type="xs:ID"/>
            </xs:complexType>
            <xs:element name="EncryptedData" type="t:EncryptedDataType"/>
            <xs:element name="EncryptedKey" type="t:EncryptedKeyType"/>
            <xs:element name="CipherData" type="t:CipherDataType"/>
            <xs:element name="CipherReference" type="t:CipherReferenceType"/>
            <xs:element name="EncryptionProperties" type="t:EncryptionPropertiesType"/>
            <xs:element name="ReferenceList">
              <xs:complexType>
                <xs:choice maxOccurs="unbounded">
                  <xs:element name="DataReference" type="t:ReferenceType"/>
                  <xs:element name="KeyReference" type="t:ReferenceType"/>
                </xs:choice>
              </xs:complexType>
            </xs:element>
            """,
    };
}
