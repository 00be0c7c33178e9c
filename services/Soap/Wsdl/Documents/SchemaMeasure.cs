using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>
/// Refuses schemas that are small to read and immense to compile: groups that double with each reference, and chains of definitions
/// that the framework's compiler follows by calling itself, until the stack of the process ends.
/// </summary>
internal sealed class SchemaMeasure
{
    // A definition three levels deep in XML refers to the next one: this is a chain of hundreds.
    private const int MaxDepth = 1000;
    private const long MaxElements = 100_000;
    private const long MaxElementsInAll = 1_000_000;

    private readonly Uri _location;
    private readonly Dictionary<(string Kind, XmlQualifiedName Name), XElement> _definitions = [];
    private readonly Dictionary<XmlQualifiedName, long> _substitutes = [];
    private readonly Dictionary<XElement, (long Elements, int Depth)> _measured = [];
    private readonly HashSet<XElement> _open = [];
    private long _inAll;

    private SchemaMeasure(Uri location) => _location = location;

    /// <param name="location">Of the WSDL, for messages.</param>
    /// <param name="schemas">Their outermost elements, where they stand in their documents.</param>
    public static void Check(Uri location, IReadOnlyList<XElement> schemas) =>
        new SchemaMeasure(location).Check(schemas);

    private void Check(IReadOnlyList<XElement> schemas)
    {
        foreach (var definition in schemas.Elements())
        {
            if (Kind(definition) is { } kind && definition.Value("name") is { } name)
                _definitions.TryAdd((kind, new XmlQualifiedName(name, Namespace(definition))), definition);
        }

        foreach (var element in schemas.Elements(WsdlNames.Xsd + "element"))
            CountSubstitute(element);
        foreach (var definition in schemas.Elements())
            Of(definition, 0);
    }

    private void CountSubstitute(XElement element)
    {
        var depth = 0;
        for (var head = Head(element); head is not null; head = Head(head))
        {
            if (++depth > MaxDepth)
                throw TooDeep(element);
            var name = new XmlQualifiedName(head.Value("name"), Namespace(head));
            _substitutes[name] = _substitutes.GetValueOrDefault(name) + 1;
        }
    }

    private XElement? Head(XElement element) =>
        element.Value("substitutionGroup") is { } head ? Find("element", element, head) : null;

    private (long Elements, int Depth) Of(XElement element, int depth)
    {
        if (depth > MaxDepth)
            throw TooDeep(element);
        if (_measured.TryGetValue(element, out var known))
            return known;
        // What contains itself is the compiler's to judge.
        if (!_open.Add(element))
            return default;
        long elements = 0;
        var deepest = 0;
        foreach (var (part, isContent) in Parts(element))
        {
            var measure = Of(part, depth + 1);
            elements += isContent ? measure.Elements : 0;
            deepest = Math.Max(deepest, measure.Depth);
        }

        if (elements > MaxElements)
            throw TooMany(element, MaxElements);
        if (element.Name == WsdlNames.Xsd + "complexType" && (_inAll += elements) > MaxElementsInAll)
            throw TooMany(element, MaxElementsInAll);
        if (deepest >= MaxDepth)
            throw TooDeep(element);
        _open.Remove(element);
        return _measured[element] = (Counted(element, elements), deepest + 1);
    }

    // What is in an element is the content of its own type.
    private long Counted(XElement element, long inside)
    {
        if (element.Name == WsdlNames.Xsd + "any")
            return 1;
        if (element.Name != WsdlNames.Xsd + "element")
            return inside;
        return element.Value("ref") is { } name
            ? 1 + _substitutes.GetValueOrDefault(WsdlNames.Qualified(element, name))
            : 1;
    }

    // What an element consists of, and what it refers to in a way that the compiler follows.
    private IEnumerable<(XElement Part, bool IsContent)> Parts(XElement element)
    {
        foreach (var child in element.Elements().Where(child => child.Name.Namespace == WsdlNames.Xsd))
            yield return (child, true);
        var (kind, names) = element.Name.LocalName switch
        {
            "group" or "attributeGroup" => (element.Name.LocalName, element.Value("ref")),
            "extension" or "restriction" => ("type", element.Value("base")),
            "list" => ("type", element.Value("itemType")),
            "union" => ("type", element.Value("memberTypes")),
            _ => ("", null),
        };
        foreach (var name in names?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (Find(kind, element, name) is { } definition)
                yield return (definition, element.Name.LocalName != "restriction");
        }
    }

    // A schema without a namespace takes that of the one that includes it.
    private XElement? Find(string kind, XElement scope, string name)
    {
        var qualified = WsdlNames.Qualified(scope, name);
        return _definitions.GetValueOrDefault((kind, qualified))
            ?? _definitions.GetValueOrDefault((kind, new XmlQualifiedName(qualified.Name)));
    }

    private static string? Kind(XElement definition) =>
        definition.Name.Namespace != WsdlNames.Xsd ? null
        : definition.Name.LocalName is "complexType" or "simpleType" ? "type"
        : definition.Name.LocalName is "group" or "attributeGroup" or "element" ? definition.Name.LocalName
        : null;

    private static string Namespace(XElement definition) => definition.Parent?.Value("targetNamespace") ?? "";

    private Exception TooMany(XElement element, long most) =>
        WsdlErrors.Unusable(_location, $"has a schema that says more than {most} elements, in {Place(element)}.");

    private Exception TooDeep(XElement element) =>
        WsdlErrors.Unusable(
            _location,
            $"has definitions that refer to one another more than {MaxDepth} levels deep, in {Place(element)}."
        );

    private static string Place(XElement element) =>
        element.AncestorsAndSelf().FirstOrDefault(outer => outer.Value("name") is not null) is { } named
            ? $"{named.Name.LocalName} '{named.Value("name")}'"
            : element.Name.LocalName;
}
