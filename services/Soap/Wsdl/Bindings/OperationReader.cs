using System.Xml;
using System.Xml.Linq;
using Integration.Soap.Mapping;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <summary>Reads one operation of a binding together with what its port type says.</summary>
/// <param name="parts">Of the WSDL.</param>
/// <param name="catalog">Its schemas.</param>
/// <param name="portType">Of the binding; null when there is none.</param>
/// <param name="declared">The operations of the port type by name.</param>
/// <param name="binding">That it stands in.</param>
/// <param name="soapBinding">What that says of SOAP.</param>
/// <param name="bound">The operation.</param>
internal sealed class OperationReader(
    WsdlParts parts,
    SchemaCatalog catalog,
    XElement? portType,
    ILookup<string, XElement> declared,
    XElement binding,
    XElement soapBinding,
    XElement bound
)
{
    private readonly XNamespace _soap = soapBinding.Name.Namespace;
    private readonly string _name = bound.Value("name") ?? "";

    public WsdlOperation Read()
    {
        var soap = bound.Element(_soap + "operation");
        var style =
            (soap?.Value("style") ?? soapBinding.Value("style")) == "rpc"
                ? OperationStyle.Rpc
                : OperationStyle.Document;
        var action = soap?.Value("soapAction") ?? "";
        var abstractly = Abstract();
        var operation = new WsdlOperation
        {
            Name = _name,
            Style = style,
            SoapAction = action,
            Documentation = Documentation(abstractly) ?? Documentation(bound),
            AddressingAction = Action(abstractly, action),
            IsOneWay = abstractly?.Element(WsdlNames.Wsdl + "output") is null,
            Faults = [.. Faults(abstractly).Select(fault => fault.Value("name")).OfType<string>()],
        };
        try
        {
            if (
                action.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0
                || action.Contains('"', StringComparison.Ordinal)
            )
                throw new UnsupportedException(
                    $"its soapAction '{action}' has a character that no HTTP header can carry."
                );
            var shape = Shape(abstractly, style);
            return operation with { Messages = new MessageMapping(catalog, shape) };
        }
        catch (UnsupportedException e)
        {
            return operation with { Refusal = e.Message };
        }
    }

    private OperationShape Shape(XElement? abstractly, OperationStyle style)
    {
        if (abstractly is null)
            throw new UnsupportedException(
                portType is null
                    ? $"the WSDL has no port type '{binding.Value("type")}', so that its messages are not known."
                    : "the port type does not have it, so that its messages are not known."
            );
        var input = abstractly.Element(WsdlNames.Wsdl + "input");
        var output = abstractly.Element(WsdlNames.Wsdl + "output");
        if (input is null || (output is not null && output.IsBefore(input)))
            throw new UnsupportedException("the service calls its client in it, which is not supported.");
        var boundInput = bound.Element(WsdlNames.Wsdl + "input");
        var boundOutput = bound.Element(WsdlNames.Wsdl + "output");
        if (parts.Policies.RequireMtom(binding, bound, boundInput, boundOutput))
            throw new UnsupportedException("its policy demands MTOM, which is not supported.");
        var reader = new MessageReader(parts, catalog, _soap, style);
        return new OperationShape(
            reader.Read(input, boundInput, _name),
            output is null ? null : reader.Read(output, boundOutput, _name + "Response"),
            DeclaredFaults(abstractly)
        );
    }

    // Several faults may have the same element: they cannot be distinguished, and each name means all of them.
    private Dictionary<XmlQualifiedName, IReadOnlyList<string>> DeclaredFaults(XElement abstractly) =>
        Faults(abstractly)
            .Select(fault =>
                (Name: fault.Value("name") ?? "", Parts: parts.Message(fault, fault.Value("message") ?? ""))
            )
            .Where(fault => fault.Parts is [{ Element: not null }])
            .GroupBy(fault => fault.Parts[0].Element!, fault => fault.Name)
            .ToDictionary(element => element.Key, IReadOnlyList<string> (element) => [.. element]);

    private static IEnumerable<XElement> Faults(XElement? abstractly) =>
        abstractly?.Elements(WsdlNames.Wsdl + "fault") ?? [];

    // Of several with one name the one with the names of its messages; overloading is refused later.
    private XElement? Abstract()
    {
        var candidates = declared[_name].ToList();
        var input = bound.Element(WsdlNames.Wsdl + "input")?.Value("name");
        return candidates.Find(candidate =>
                input is not null && candidate.Element(WsdlNames.Wsdl + "input")?.Value("name") == input
            ) ?? candidates.FirstOrDefault();
    }

    // Declared; else the SOAP action; else by the rules of WS-Addressing's WSDL binding (section 4.4.4).
    private string Action(XElement? abstractly, string soapAction)
    {
        var input = abstractly?.Element(WsdlNames.Wsdl + "input");
        var action = input
            ?.Attributes()
            .FirstOrDefault(attribute =>
                attribute.Name.LocalName == "Action"
                && attribute.Name.NamespaceName.Contains("/addressing/", StringComparison.Ordinal)
            );
        if (action is not null)
            return action.Value;
        if (soapAction.Length > 0 || abstractly is null || portType is null)
            return soapAction;
        var ns = WsdlParts.TargetNamespace(portType);
        var delimiter = ns.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? ":" : "/";
        var suffix = abstractly.Element(WsdlNames.Wsdl + "output") is null ? "" : "Request";
        return string.Join(
            delimiter,
            ns.EndsWith(delimiter, StringComparison.Ordinal) ? ns[..^1] : ns,
            portType.Value("name"),
            input?.Value("name") ?? _name + suffix
        );
    }

    private static string? Documentation(XElement? element) =>
        element?.Element(WsdlNames.Wsdl + "documentation")?.Value.Trim() is { Length: > 0 } text ? text : null;
}
