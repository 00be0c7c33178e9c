using System.Xml.Linq;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <summary>Reads the ports of a WSDL that speak SOAP over HTTP.</summary>
internal sealed class PortReader(WsdlParts parts, SchemaCatalog catalog)
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

    public IReadOnlyList<WsdlPort> Read() =>
        [
            .. parts.Services.SelectMany(one =>
                one.Service.Elements(WsdlNames.Wsdl + "port")
                    .Select(port => Read(one.Service, one.Document, port))
                    .OfType<WsdlPort>()
            ),
        ];

    private WsdlPort? Read(XElement service, Uri document, XElement port)
    {
        var binding = parts.Binding(port, port.Value("binding") ?? "");
        var soap = binding.Element(WsdlNames.Soap11 + "binding") ?? binding.Element(WsdlNames.Soap12 + "binding");
        if (soap is null || (soap.Value("transport") is { } transport && !_http.Contains(transport)))
            return null;
        if (!_operations.TryGetValue(binding, out var operations))
            _operations[binding] = operations = Operations(binding, soap);
        var address = port.Element(soap.Name.Namespace + "address")?.Value("location");
        return new WsdlPort
        {
            Service = WsdlParts.NameOf(service),
            Name = port.Value("name") ?? "",
            Address =
                Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null,
            Document = document,
            Version = soap.Name.Namespace == WsdlNames.Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11,
            Addressing = parts.Policies.Addressing(binding, port),
            Operations = operations,
        };
    }

    private Dictionary<string, WsdlOperation> Operations(XElement binding, XElement soap)
    {
        var portType = parts.PortType(binding, binding.Value("type") ?? "");
        var operations = new Dictionary<string, WsdlOperation>(StringComparer.Ordinal);
        foreach (var bound in binding.Elements(WsdlNames.Wsdl + "operation"))
        {
            var operation = new OperationReader(parts, catalog, portType, binding, soap, bound).Read();
            operations[operation.Name] = operations.ContainsKey(operation.Name)
                ? new WsdlOperation
                {
                    Name = operation.Name,
                    Refusal = "it is overloaded: several operations have this name, which is not supported.",
                }
                : operation;
        }

        return operations;
    }
}
