using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>
/// What schemas say of one another. Imports are by namespace only, since all that was read is compiled together; an include has to name
/// a schema that was read.
/// </summary>
internal sealed class SchemaReferences
{
    private readonly IReadOnlyList<SchemaText> _inside;
    private readonly IReadOnlyList<SchemaText> _beside;
    private readonly WsdlNotices _notices;
    private readonly Dictionary<string, SchemaText> _byAddress;
    private readonly HashSet<string> _known;
    private readonly HashSet<string> _used = [];

    /// <param name="inside">In a WSDL.</param>
    /// <param name="beside">In documents of their own.</param>
    /// <param name="notices">Takes what was passed over.</param>
    public SchemaReferences(IReadOnlyList<SchemaText> inside, IReadOnlyList<SchemaText> beside, WsdlNotices notices)
    {
        _inside = inside;
        _beside = beside;
        _notices = notices;
        _byAddress = beside.ToDictionary(schema => schema.Location.AbsoluteUri, StringComparer.Ordinal);
        _known = [.. inside.Concat(beside).Select(schema => schema.TargetNamespace)];
    }

    /// <summary>The schemas of their own that no other one includes. What is included comes in with that.</summary>
    public IReadOnlyList<SchemaText> Roots { get; private set; } = [];

    /// <summary>Makes all of them such that the compiler can follow them.</summary>
    /// <returns>The well-known namespaces that are used, and that no document brings along.</returns>
    public IReadOnlySet<string> Settle()
    {
        foreach (var schema in _inside.Concat(_beside))
        {
            SettleIncludes(schema);
            SettleImports(schema);
        }

        Roots = FindRoots();
        if (_used.Any(WellKnownSchemas.NeedsSignature) && !_known.Contains(WellKnownSchemas.Signature))
            _used.Add(WellKnownSchemas.Signature);
        return _used;
    }

    /// <summary>Has no other schema include one that is too broken.</summary>
    public void Exclude(SchemaText schema)
    {
        if (!_byAddress.ContainsKey(schema.Location.AbsoluteUri))
            return;
        foreach (var by in _inside.Concat(_beside))
            by.Root.RemoveChildren(
                Includes(by).Where(one => one.Value("schemaLocation") == schema.Location.AbsoluteUri).ToHashSet()
            );
    }

    // The same namespace, imported from an address, is an include.
    private void SettleIncludes(SchemaText schema)
    {
        var own = Of(schema, "import")
            .Where(import => (import.Value("namespace") ?? "") == schema.TargetNamespace)
            .ToHashSet();
        if (own.Count > 0)
            _notices.Add(
                schema.Document,
                "has a schema that imports its own namespace, which is passed over, or taken for an include where it names a document."
            );
        schema.Root.RemoveChildren(own);
        foreach (var import in own.Where(import => Included(schema, import) is not null))
            schema.Root.AddFirst(
                new XElement(
                    WsdlNames.Xsd + "include",
                    new XAttribute("schemaLocation", import.Value("schemaLocation")!)
                )
            );

        var gone = new HashSet<XElement>();
        var seen = new HashSet<SchemaText> { schema };
        foreach (var include in Includes(schema))
        {
            var included = Included(schema, include);
            if (
                included is not null
                && included.TargetNamespace.Length > 0
                && included.TargetNamespace != schema.TargetNamespace
            )
            {
                _notices.Add(
                    schema.Document,
                    $"includes {included.Document}, which is of another namespace. It is taken for an import."
                );
                included = null;
            }

            // What could not be read is noted already.
            if (included is null || (include.Name.LocalName == "include" && !seen.Add(included)))
                gone.Add(include);
            else
                include.SetAttributeValue("schemaLocation", included.Location.AbsoluteUri);
        }

        schema.Root.RemoveChildren(gone);
    }

    private void SettleImports(SchemaText schema)
    {
        var imported = new HashSet<string>(StringComparer.Ordinal);
        var gone = new HashSet<XElement>();
        foreach (var import in Of(schema, "import"))
        {
            var ns = import.Value("namespace") ?? "";
            import.SetAttributeValue("schemaLocation", null);
            if (ns.Length == 0)
                import.SetAttributeValue("namespace", null);
            if (!imported.Add(ns))
                gone.Add(import);
        }

        schema.Root.RemoveChildren(gone);

        // Careless tools leave imports out.
        foreach (var ns in Meant(schema).Where(ns => ns != schema.TargetNamespace).ToList())
        {
            if (imported.Add(ns))
                schema.Root.AddFirst(new XElement(WsdlNames.Xsd + "import", new XAttribute("namespace", ns)));
        }

        _used.UnionWith(WellKnownSchemas.Namespaces.Where(ns => imported.Contains(ns) && !_known.Contains(ns)));
    }

    // Declared and there; or named, where the prefix is well-known, or what is meant is more than a type that is always there.
    private HashSet<string> Meant(SchemaText schema)
    {
        var meant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in schema.Root.DescendantsAndSelf())
        {
            foreach (var attribute in element.Attributes())
            {
                var ns =
                    attribute.IsNamespaceDeclaration ? attribute.Value
                    : attribute.Name == "ref" ? Named(element, attribute.Value)
                    : null;
                if (ns is null or "" || (attribute.IsNamespaceDeclaration && ns == WsdlNames.Xsd.NamespaceName))
                    continue;
                if (_known.Contains(ns) || WellKnownSchemas.Knows(ns))
                    meant.Add(ns);
            }
        }

        return meant;
    }

    private static string Named(XElement element, string name) =>
        name.StartsWith("xml:", StringComparison.Ordinal)
            ? WellKnownSchemas.Xml
            : WsdlNames.Qualified(element, name).Namespace;

    // From those that no schema includes; then one of each ring.
    private List<SchemaText> FindRoots()
    {
        var included = _inside.Concat(_beside).SelectMany(IncludedBy).ToHashSet();
        var roots = _beside.Where(schema => !included.Contains(schema)).ToList();
        var reached = new HashSet<SchemaText>();
        foreach (var schema in _inside.Concat(roots))
            Reach(schema, reached);
        foreach (var schema in _beside)
        {
            if (reached.Contains(schema))
                continue;
            roots.Add(schema);
            Reach(schema, reached);
        }

        return roots;
    }

    private void Reach(SchemaText schema, HashSet<SchemaText> reached)
    {
        var open = new Stack<SchemaText>([schema]);
        while (open.TryPop(out var next))
        {
            if (!reached.Add(next))
                continue;
            foreach (var one in IncludedBy(next))
                open.Push(one);
        }
    }

    private IEnumerable<SchemaText> IncludedBy(SchemaText schema) =>
        Includes(schema)
            .Select(include => _byAddress.GetValueOrDefault(include.Value("schemaLocation") ?? ""))
            .OfType<SchemaText>();

    private SchemaText? Included(SchemaText by, XElement include) =>
        include.Value("schemaLocation") is { Length: > 0 } text && Uri.TryCreate(by.Document, text, out var location)
            ? _byAddress.GetValueOrDefault(DocumentLoader.Plain(location).AbsoluteUri)
            : null;

    private static IEnumerable<XElement> Includes(SchemaText schema) =>
        Of(schema, "include").Concat(Of(schema, "redefine"));

    private static IEnumerable<XElement> Of(SchemaText schema, string name) =>
        schema.Root.Elements(WsdlNames.Xsd + name);
}
