using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>What the policies of a WSDL demand.</summary>
internal sealed class WsdlPolicies
{
    private const string AddressingMetadata = "http://www.w3.org/2007/05/addressing/metadata";

    private static readonly string[] _namespaces =
    [
        "http://schemas.xmlsoap.org/ws/2004/09/policy",
        "http://www.w3.org/ns/ws-policy",
        "http://www.w3.org/2006/07/ws-policy",
    ];

    private readonly Dictionary<string, XElement> _byId = new(StringComparer.Ordinal);

    // Every operation may refer to the same policy, and a policy may be as long as a document.
    private readonly Dictionary<XElement, (bool Mtom, AddressingUse Addressing)> _judged = [];
    private readonly Dictionary<(XElement Choice, XName Name), bool> _inEveryWay = [];

    // A binding is asked for each of its operations, and has as many children.
    private readonly Dictionary<XElement, (bool Mtom, AddressingUse Addressing)> _at = [];

    public WsdlPolicies(IEnumerable<XElement> definitions)
    {
        foreach (var policy in definitions.Descendants().Where(IsPolicy))
        {
            var ids = policy
                .Attributes()
                .Where(attribute => attribute.Name.LocalName is "Id" or "id")
                .Select(attribute => "#" + attribute.Value)
                .Append(policy.Value("Name"));
            foreach (var id in ids.OfType<string>())
                _byId.TryAdd(id, policy);
        }
    }

    /// <summary>Whether messages must be MTOM by a policy at one of the elements.</summary>
    public bool RequireMtom(params XElement?[] elements) =>
        elements.OfType<XElement>().Any(element => At(element).Mtom);

    /// <summary>What the elements say about WS-Addressing, by policy or by <c>UsingAddressing</c>.</summary>
    public AddressingUse Addressing(params XElement?[] elements) =>
        elements.OfType<XElement>().Select(element => At(element).Addressing).DefaultIfEmpty(AddressingUse.None).Max();

    private (bool Mtom, AddressingUse Addressing) At(XElement element)
    {
        if (_at.TryGetValue(element, out var known))
            return known;
        var mtom = false;
        var addressing = AddressingUse.None;
        foreach (var child in element.Elements())
        {
            var said =
                child.Name.LocalName == "UsingAddressing"
                    ? (false, child.IsRequired() ? AddressingUse.Required : AddressingUse.Optional)
                : IsPolicy(child) ? Judge(child)
                : IsReference(child) && _byId.TryGetValue(child.Value("URI") ?? "", out var policy) ? Judge(policy)
                : (Mtom: false, Addressing: AddressingUse.None);
            mtom |= said.Item1;
            addressing = said.Item2 > addressing ? said.Item2 : addressing;
        }

        return _at[element] = (mtom, addressing);
    }

    private (bool Mtom, AddressingUse Addressing) Judge(XElement policy)
    {
        if (_judged.TryGetValue(policy, out var known))
            return known;
        var mtom = false;
        var addressing = AddressingUse.None;
        foreach (var assertion in policy.Descendants())
        {
            if (assertion.Name.LocalName is "OptimizedMimeSerialization" or "MTOM")
                mtom = mtom || IsDemanded(assertion);
            else if (
                addressing != AddressingUse.Required
                && (
                    assertion.Name.LocalName == "UsingAddressing"
                    || (assertion.Name.LocalName == "Addressing" && assertion.Name.NamespaceName == AddressingMetadata)
                )
            )
                addressing = IsDemanded(assertion) ? AddressingUse.Required : AddressingUse.Optional;
        }

        return _judged[policy] = (mtom, addressing);
    }

    // Not marked optional, and in every alternative.
    private bool IsDemanded(XElement assertion)
    {
        var isOptional = assertion.Attributes().Any(a => a.Name.LocalName == "Optional" && a.Value is "true" or "1");
        return !isOptional
            && assertion
                .Ancestors()
                .Where(ancestor =>
                    ancestor.Name.LocalName == "ExactlyOne" && _namespaces.Contains(ancestor.Name.NamespaceName)
                )
                .All(choice => IsInEveryWay(choice, assertion.Name));
    }

    private bool IsInEveryWay(XElement choice, XName name)
    {
        if (!_inEveryWay.TryGetValue((choice, name), out var known))
            _inEveryWay[(choice, name)] = known = choice.Elements().All(way => way.DescendantsAndSelf(name).Any());
        return known;
    }

    private static bool IsPolicy(XElement element) =>
        element.Name.LocalName == "Policy" && _namespaces.Contains(element.Name.NamespaceName);

    private static bool IsReference(XElement element) =>
        element.Name.LocalName == "PolicyReference" && _namespaces.Contains(element.Name.NamespaceName);
}
