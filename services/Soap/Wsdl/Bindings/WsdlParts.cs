using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>A part of a message: an element of the schema, or a type.</summary>
internal sealed record WsdlPart(string Name, XmlQualifiedName? Element, XmlQualifiedName? Type);

/// <summary>The named parts of all WSDL documents together.</summary>
internal sealed class WsdlParts
{
    private readonly Named _messages = new();
    private readonly Named _portTypes = new();
    private readonly Named _bindings = new();
    private readonly List<(XElement Service, Uri Document)> _services = [];
    private readonly List<(XElement Binding, Uri Document)> _allBindings = [];

    public WsdlParts(IReadOnlyList<LoadedDocument> documents)
    {
        var definitions = documents.Where(document => document.Root.Name == WsdlNames.Wsdl + "definitions").ToList();
        if (documents[0].Root.Name != WsdlNames.Wsdl + "definitions")
        {
            var root = documents[0].Root.Name;
            var hint = root.LocalName == "description" ? " WSDL 2.0 is not supported; ask for WSDL 1.1." : "";
            throw WsdlErrors.Unusable(
                documents[0].Location,
                $"is no WSDL 1.1: its outermost element is <{root.LocalName}>.{hint}"
            );
        }

        foreach (var (_, location, root) in definitions)
        {
            Collect(root, "message", _messages);
            Collect(root, "portType", _portTypes);
            Collect(root, "binding", _bindings);
            _services.AddRange(root.Elements(WsdlNames.Wsdl + "service").Select(service => (service, location)));
            _allBindings.AddRange(root.Elements(WsdlNames.Wsdl + "binding").Select(binding => (binding, location)));
        }

        Policies = new WsdlPolicies(definitions.Select(document => document.Root));
    }

    public WsdlPolicies Policies { get; }

    /// <summary>With the document that each stands in.</summary>
    public IReadOnlyList<(XElement Service, Uri Document)> Services => _services;

    /// <summary>The same for bindings.</summary>
    public IReadOnlyList<(XElement Binding, Uri Document)> Bindings => _allBindings;

    /// <summary>Null when there is none.</summary>
    public XElement? Binding(XElement by, string name) => _bindings.Find(WsdlNames.Qualified(by, name));

    /// <summary>Null when there is none.</summary>
    public XElement? PortType(XElement by, string name) => _portTypes.Find(WsdlNames.Qualified(by, name));

    /// <summary>The parts of a message.</summary>
    /// <exception cref="UnsupportedException">There is no such message.</exception>
    public IReadOnlyList<WsdlPart> Message(XElement by, string name) =>
        [
            .. (
                _messages.Find(WsdlNames.Qualified(by, name))
                ?? throw new UnsupportedException($"the WSDL has no message '{name}', which it needs.")
            )
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
