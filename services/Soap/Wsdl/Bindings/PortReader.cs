using System.Xml;
using System.Xml.Linq;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <summary>Reads the ports of a WSDL that speak SOAP over HTTP.</summary>
internal sealed class PortReader(WsdlParts parts, SchemaCatalog catalog, WsdlNotices notices)
{
    private static readonly string[] _http =
    [
        "http://schemas.xmlsoap.org/soap/http",
        "http://schemas.xmlsoap.org/soap/http/",
        "http://www.w3.org/2003/05/soap/bindings/HTTP/",
        "http://www.w3.org/2003/05/soap/bindings/HTTP",
    ];

    // Bindings are shared by ports; their operations are read once.
    private readonly Dictionary<XElement, IReadOnlyDictionary<string, WsdlOperation>> _operations = [];

    public IReadOnlyList<WsdlPort> Read()
    {
        List<WsdlPort> ports =
        [
            .. parts.Services.SelectMany(one =>
                one.Service.Elements(WsdlNames.Wsdl + "port")
                    .Select(port => Read(one.Service, one.Document, port))
                    .OfType<WsdlPort>()
            ),
        ];
        if (ports.Count > 0)
            return ports;
        // A standard describes what many servers do, and leaves it to each to say where: Address in the settings does.
        return [.. parts.Bindings.Select(one => ReadAlone(one.Binding, one.Document)).OfType<WsdlPort>()];
    }

    private WsdlPort? Read(XElement service, Uri document, XElement port)
    {
        if (parts.Binding(port, port.Value("binding") ?? "") is not { } binding)
        {
            notices.Add(
                document,
                $"has the port '{port.Value("name")}', which cannot be used: there is no binding '{port.Value("binding")}'."
            );
            return null;
        }

        if (Soap(binding) is not { } soap)
            return null;
        var address = port.Element(soap.Name.Namespace + "address")?.Value("location");
        return Port(binding, soap, document) with
        {
            Service = WsdlParts.NameOf(service),
            Name = port.Value("name") ?? "",
            Address =
                Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null,
            Addressing = parts.Policies.Addressing(binding, port),
        };
    }

    private WsdlPort? ReadAlone(XElement binding, Uri document) =>
        Soap(binding) is { } soap ? Port(binding, soap, document) : null;

    private WsdlPort Port(XElement binding, XElement soap, Uri document)
    {
        if (!_operations.TryGetValue(binding, out var operations))
            _operations[binding] = operations = Operations(binding, soap);
        return new WsdlPort
        {
            Service = new XmlQualifiedName("", WsdlParts.TargetNamespace(binding)),
            Name = binding.Value("name") ?? "",
            Address = null,
            Document = document,
            Version = soap.Name.Namespace == WsdlNames.Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11,
            Addressing = parts.Policies.Addressing(binding),
            Operations = operations,
        };
    }

    // Null for a binding of another kind.
    private static XElement? Soap(XElement binding)
    {
        var soap = binding.Element(WsdlNames.Soap11 + "binding") ?? binding.Element(WsdlNames.Soap12 + "binding");
        return soap?.Value("transport") is { } transport && !_http.Contains(transport) ? null : soap;
    }

    private Dictionary<string, WsdlOperation> Operations(XElement binding, XElement soap)
    {
        var portType = parts.PortType(binding, binding.Value("type") ?? "");
        // By name: one by one they would all be gone through for each.
        var declared = (portType?.Elements(WsdlNames.Wsdl + "operation") ?? []).ToLookup(
            operation => operation.Value("name") ?? "",
            StringComparer.Ordinal
        );
        var operations = new Dictionary<string, WsdlOperation>(StringComparer.Ordinal);
        foreach (var bound in binding.Elements(WsdlNames.Wsdl + "operation"))
        {
            var name = bound.Value("name") ?? "";
            operations[name] = operations.ContainsKey(name)
                ? new WsdlOperation
                {
                    Name = name,
                    Refusal = "it is overloaded: several operations have this name, which is not supported.",
                }
                : new OperationReader(parts, catalog, portType, declared, binding, soap, bound).Read();
        }

        return operations;
    }
}
