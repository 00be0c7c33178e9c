namespace Integration.Soap.Tests.Wsdl;

/// <summary>WSDLs for tests, from the parts that a test is about.</summary>
internal static class WsdlText
{
    /// <summary>A document/literal service with one operation <c>send</c>, that takes and answers <c>{urn:t}m</c>.</summary>
    public static string Document(string schemas, string headers = "") =>
        Definitions(
            $"""
            <wsdl:types>{schemas}</wsdl:types>
            <wsdl:message name="in"><wsdl:part name="p" element="t:m"/></wsdl:message>
            <wsdl:message name="out"><wsdl:part name="p" element="t:m"/></wsdl:message>
            <wsdl:portType name="pt">
              <wsdl:operation name="send"><wsdl:input message="t:in"/><wsdl:output message="t:out"/></wsdl:operation>
            </wsdl:portType>
            <wsdl:binding name="b" type="t:pt">
              <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
              <wsdl:operation name="send">
                <soap:operation soapAction="urn:t/send"/>
                <wsdl:input>{headers}<soap:body use="literal"/></wsdl:input>
                <wsdl:output>{headers}<soap:body use="literal"/></wsdl:output>
              </wsdl:operation>
            </wsdl:binding>
            <wsdl:service name="s"><wsdl:port name="p" binding="t:b">
              <soap:address location="https://example.org/s"/>
            </wsdl:port></wsdl:service>
            """
        );

    /// <summary>The same with a further operation <c>second</c>.</summary>
    /// <param name="wsdl">From <see cref="Document"/>.</param>
    /// <param name="input">Its message.</param>
    /// <param name="messages">Further messages.</param>
    /// <param name="output">Its output, and faults.</param>
    public static string WithSecond(
        string wsdl,
        string input,
        string messages,
        string output = "<wsdl:output message='t:out'/>"
    ) =>
        wsdl.Replace("<wsdl:portType", messages + "<wsdl:portType", StringComparison.Ordinal)
            .Replace(
                "</wsdl:portType>",
                $"<wsdl:operation name='second'><wsdl:input message='{input}'/>{output}</wsdl:operation></wsdl:portType>",
                StringComparison.Ordinal
            )
            .Replace(
                "</wsdl:binding>",
                "<wsdl:operation name='second'><soap:operation soapAction=''/><wsdl:input><soap:body use='literal'/></wsdl:input><wsdl:output><soap:body use='literal'/></wsdl:output></wsdl:operation></wsdl:binding>",
                StringComparison.Ordinal
            );

    public static string Definitions(string content) =>
        $"""
            <wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
              xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
              xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
              xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"
              xmlns:t="urn:t" targetNamespace="urn:t">
            {content}
            </wsdl:definitions>
            """;

    /// <summary>A schema of the namespace <c>urn:t</c> with what is given in it.</summary>
    public static string Schema(string content, string form = "qualified", string imports = "") =>
        $"""
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"
              elementFormDefault="{form}">{imports}{content}</xs:schema>
            """;

    /// <summary>The element <c>m</c> of a complex type with this content.</summary>
    public static string Message(string content, string further = "", string form = "qualified") =>
        Schema($"""<xs:element name="m"><xs:complexType>{content}</xs:complexType></xs:element>{further}""", form);

    /// <summary>The element <c>m</c> with one element <c>v</c> in it.</summary>
    public static string Value(string attributes, string type = "", string further = "") =>
        Message($"""<xs:sequence><xs:element name="v" {attributes}>{type}</xs:element></xs:sequence>""", further);
}
