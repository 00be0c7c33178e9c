using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>A part of a message: an element of the schema, or a type.</summary>
internal sealed record WsdlPart(string Name, XmlQualifiedName? Element, XmlQualifiedName? Type);

/// <summary>The named parts of all WSDL documents together.</summary>
internal sealed class WsdlParts
{
    private readonly Uri _location;
    private readonly Named _messages = new();
    private readonly Named _portTypes = new();
    private readonly Named _bindings = new();
    private readonly List<(XElement Service, Uri Document)> _services = [];

    public WsdlParts(IReadOnlyList<LoadedDocument> documents)
    {
        _location = documents[0].Location;
        var definitions = documents.Where(document => document.Root.Name == WsdlNames.Wsdl + "definitions").ToList();
        if (documents[0].Root.Name != WsdlNames.Wsdl + "definitions")
        {
            var root = documents[0].Root.Name;
            var hint = root.LocalName == "description" ? " WSDL 2.0 is not supported; ask for WSDL 1.1." : "";
            throw WsdlErrors.Unusable(_location, $"is no WSDL 1.1: its outermost element is <{root.LocalName}>.{hint}");
        }

        foreach (var (location, root) in definitions)
        {
            Collect(root, "message", _messages);
            Collect(root, "portType", _portTypes);
            Collect(root, "binding", _bindings);
            _services.AddRange(root.Elements(WsdlNames.Wsdl + "service").Select(service => (service, location)));
        }

        Policies = new WsdlPolicies(definitions.Select(document => document.Root));
    }

    public WsdlPolicies Policies { get; }

    /// <summary>With the document that each stands in.</summary>
    public IReadOnlyList<(XElement Service, Uri Document)> Services => _services;

    public XElement Binding(XElement by, string name) => Find(_bindings, by, name, "binding");

    public XElement PortType(XElement by, string name) => Find(_portTypes, by, name, "port type");

    /// <summary>The parts of a message.</summary>
    public IReadOnlyList<WsdlPart> Message(XElement by, string name) =>
        [
            .. Find(_messages, by, name, "message")
                .Elements(WsdlNames.Wsdl + "part")
                .Select(part => new WsdlPart(
                    part.Value("name") ?? "",
                    part.Value("element") is { } element ? WsdlNames.Qualified(part, element) : null,
                    part.Value("type") is { } type ? WsdlNames.Qualified(part, type) : null
                )),
        ];

    /// <summary>The target namespace of the document that an element stands in.</summary>
    public static string TargetNamespace(XElement element) =>
        element.AncestorsAndSelf(WsdlNames.Wsdl + "definitions").First().Value("targetNamespace") ?? "";

    public static XmlQualifiedName NameOf(XElement element) =>
        new(element.Value("name") ?? "", TargetNamespace(element));

    private static void Collect(XElement root, string kind, Named into)
    {
        foreach (var element in root.Elements(WsdlNames.Wsdl + kind))
            into.Add(NameOf(element), element);
    }

    private XElement Find(Named elements, XElement by, string name, string kind) =>
        elements.Find(WsdlNames.Qualified(by, name))
        ?? throw WsdlErrors.Unusable(_location, $"refers to the {kind} '{name}', which is nowhere.");

    /// <summary>Elements by their qualified names, and by the local ones.</summary>
    private sealed class Named
    {
        private readonly Dictionary<XmlQualifiedName, XElement> _elements = [];

        // Null where several have the name.
        private readonly Dictionary<string, XElement?> _byLocalName = new(StringComparer.Ordinal);

        public void Add(XmlQualifiedName name, XElement element)
        {
            if (_elements.TryAdd(name, element) && !_byLocalName.TryAdd(name.Name, element))
                _byLocalName[name.Name] = null;
        }

        // Careless tools forget the prefix; there is no doubt when only one has that name.
        public XElement? Find(XmlQualifiedName name) =>
            _elements.GetValueOrDefault(name) ?? _byLocalName.GetValueOrDefault(name.Name);
    }
}
