using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Soap.Wsdl;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Wsdl;

/// <summary>What a WSDL costs grows with its size and no faster.</summary>
[Collection(nameof(Alone))]
public sealed class Hostile_documents
{
    private const string Any = "<xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence>";

    public static TheoryData<string> Shapes => [.. HostileXml.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Any_XML_in_a_WSDL(string shape) =>
        LinearAsync(
            shape,
            8_000,
            _ => Document(Message(Any)),
            n => $"<wsdl:documentation>{HostileXml.Shapes[shape](n)}</wsdl:documentation>"
        );

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Any_XML_in_a_schema(string shape) =>
        LinearAsync(
            shape,
            8_000,
            n =>
                Document(
                    Message(
                        Any,
                        $"<xs:annotation><xs:documentation>{HostileXml.Shapes[shape](n)}</xs:documentation></xs:annotation>"
                    )
                )
        );

    [Fact]
    public Task Elements_of_one_type() =>
        LinearAsync(
            "elements",
            4_000,
            n =>
                Document(
                    Message(
                        $"<xs:sequence>{HostileXml.Many(n, i => $"<xs:element name='e{i}' type='xs:int'/>")}</xs:sequence>"
                    )
                )
        );

    [Fact]
    public Task Elements_of_one_choice_in_groups_of_groups() =>
        LinearAsync(
            "groups",
            4_000,
            n =>
                Document(
                    Message(
                        "<xs:sequence>"
                            + HostileXml.Many(
                                n,
                                i =>
                                    $"<xs:choice><xs:sequence><xs:element name='e{i}' type='xs:int'/></xs:sequence></xs:choice>"
                            )
                            + "</xs:sequence>"
                    )
                )
        );

    [Fact]
    public Task Types_and_elements_of_one_schema() =>
        LinearAsync(
            "types",
            4_000,
            n =>
                Document(
                    Message(
                        Any,
                        HostileXml.Many(
                            n,
                            i =>
                                $"<xs:complexType name='c{i}'>{Any}</xs:complexType><xs:element name='e{i}' type='t:c{i}'/>"
                        )
                    )
                )
        );

    [Fact]
    public Task Attributes_of_one_type() =>
        LinearAsync(
            "attributes",
            4_000,
            n => Document(Message(Any + HostileXml.Many(n, i => $"<xs:attribute name='a{i}' type='xs:int'/>")))
        );

    [Fact]
    public Task Values_of_one_enumeration() =>
        LinearAsync(
            "enumeration",
            4_000,
            n =>
                Document(
                    Value(
                        "",
                        "<xs:simpleType><xs:restriction base='xs:string'>"
                            + HostileXml.Many(n, i => $"<xs:enumeration value='v{i}'/>")
                            + "</xs:restriction></xs:simpleType>"
                    )
                )
        );

    [Fact]
    public Task Operations_whose_messages_have_no_prefix() => LinearAsync("operations", 4_000, n => Operations(n, ""));

    [Fact]
    public Task Operations_that_all_refer_to_one_long_policy() =>
        LinearAsync(
            "policies",
            4_000,
            n => Operations(n, "<wsp:PolicyReference URI='#p'/>"),
            n =>
                "<wsp:Policy Name='#p'><wsp:ExactlyOne>"
                + HostileXml.Many(n, _ => "<wsp:All><MTOM xmlns='urn:x'/></wsp:All>")
                + "<wsp:All/></wsp:ExactlyOne></wsp:Policy>"
        );

    private static string Operations(int count, string policy) =>
        Definitions(
            $"""
            <wsdl:types>{Message(Any)}</wsdl:types>
            {HostileXml.Many(count, i => $"<wsdl:message name='m{i}'><wsdl:part name='p' element='t:m'/></wsdl:message>")}
            <wsdl:portType name="pt">{HostileXml.Many(
                count,
                i => $"<wsdl:operation name='o{i}'><wsdl:input message='m{i}'/><wsdl:output message='m{i}'/></wsdl:operation>"
            )}</wsdl:portType>
            <wsdl:binding name="b" type="t:pt"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
            {HostileXml.Many(
                count,
                i =>
                    $"<wsdl:operation name='o{i}'>{policy}<soap:operation soapAction=''/><wsdl:input><soap:body use='literal'/></wsdl:input>"
                    + "<wsdl:output><soap:body use='literal'/></wsdl:output></wsdl:operation>"
            )}</wsdl:binding>
            <wsdl:service name="s"><wsdl:port name="p" binding="t:b"><soap:address location="https://example.org/s"/></wsdl:port></wsdl:service>
            """
        );

    private static Task LinearAsync(string what, int large, Func<int, string> wsdl, Func<int, string>? first = null) =>
        Growth.IsLinearAsync(
            what,
            large,
            n =>
                new Documents().With(
                    "http://test/a.wsdl",
                    first is null ? wsdl(n) : wsdl(n).Replace("<wsdl:types>", $"{first(n)}<wsdl:types>")
                ),
            async documents =>
            {
                try
                {
                    await documents.ReadAsync(
                        limits: new WsdlLimits { MaxDocumentBytes = int.MaxValue, MaxTotalBytes = int.MaxValue }
                    );
                }
                catch (TaskErrorException e) when (e.Category is ErrorCategory.Data or ErrorCategory.Access)
                {
                    // Refused, which may not cost more either.
                }
            }
        );
}
