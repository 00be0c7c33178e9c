using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Integration.Xml;

namespace Integration.Soap.Wsdl;

/// <summary>Compiles the schemas of a WSDL: those in it, those beside it, and the well-known ones that they use.</summary>
internal sealed class SchemaCompiler
{
    private const int MaxProblems = 3;

    private readonly IReadOnlyList<LoadedDocument> _documents;
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _used = [];
    private readonly List<string> _problems = [];

    private SchemaCompiler(IReadOnlyList<LoadedDocument> documents) => _documents = documents;

    public static XmlSchemaSet Compile(IReadOnlyList<LoadedDocument> documents) =>
        new SchemaCompiler(documents).Compile();

    private XmlSchemaSet Compile()
    {
        var inside = _documents
            .Where(document => document.Root.Name != WsdlNames.Xsd + "schema")
            .SelectMany(document =>
                document
                    .Root.Elements(WsdlNames.Wsdl + "types")
                    .Elements(WsdlNames.Xsd + "schema")
                    .Select(schema => document with { Root = schema })
            )
            .ToList();
        var beside = _documents.Where(document => document.Root.Name == WsdlNames.Xsd + "schema").ToList();
        SchemaMeasure.Check(_documents[0].Location, [.. inside.Concat(beside).Select(schema => schema.Root)]);
        foreach (var schema in inside.Concat(beside))
            _known.Add(schema.Root.Value("targetNamespace") ?? "");

        var texts = inside.Select(schema => (schema.Location, Text: Text(schema.Root))).ToList();
        var files = beside.ToDictionary(
            schema => schema.Location.AbsoluteUri,
            schema => Encoding.UTF8.GetBytes(Text(schema.Root)),
            StringComparer.Ordinal
        );
        var set = new XmlSchemaSet
        {
            XmlResolver = new LoadedDocuments(files),
            // Real schemas have ambiguous content models that every other tool accepts.
            CompilationSettings = new XmlSchemaCompilationSettings { EnableUpaCheck = false },
        };
        set.ValidationEventHandler += Note;
        try
        {
            foreach (var (location, text) in texts)
                Add(set, text, location);
            foreach (var schema in Roots(beside))
                Add(set, Encoding.UTF8.GetString(files[schema.Location.AbsoluteUri]), schema.Location);
            foreach (var ns in _used)
                Add(set, WellKnownSchemas.Text(ns), new Uri(ns));
            set.Compile();
        }
        catch (Exception e) when (e is XmlSchemaException or XmlException)
        {
            throw WsdlErrors.Unusable(_documents[0].Location, $"has a schema that cannot be compiled: {e.Message}", e);
        }

        if (_problems.Count > 0)
        {
            throw WsdlErrors.Unusable(
                _documents[0].Location,
                $"has schemas that cannot be compiled: {string.Join(" ", _problems.Take(MaxProblems))}"
            );
        }

        return set;
    }

    // Schemas that another one includes or imports come in through that one; WSDL's own import brings the rest.
    private List<LoadedDocument> Roots(List<LoadedDocument> beside)
    {
        var referred = _documents
            .SelectMany(document =>
                document
                    .Root.DescendantsAndSelf()
                    .Where(element => element.Name.Namespace == WsdlNames.Xsd)
                    .Select(element => element.Value("schemaLocation"))
                    .OfType<string>()
                    .Select(location => Uri.TryCreate(document.Location, location, out var uri) ? uri.AbsoluteUri : "")
            )
            .ToHashSet();
        return [.. beside.Where(schema => !referred.Contains(schema.Location.AbsoluteUri))];
    }

    private void Add(XmlSchemaSet set, string text, Uri location)
    {
        // Written by us, of what was read within the limits.
        using var reader = XmlReader.Create(new StringReader(text), ForeignXml.Settings(), location.AbsoluteUri);
        if (XmlSchema.Read(reader, Note) is { } schema)
            set.Add(schema);
    }

    private void Note(object? sender, ValidationEventArgs e)
    {
        if (e.Severity != XmlSeverityType.Error)
            return;
        var source = e.Exception.SourceUri is { Length: > 0 } uri ? $" ({uri})" : "";
        _problems.Add(e.Message + source);
    }

    // A schema by itself: with the namespaces that it inherits, with the imports that careless tools leave out, and without documentation.
    private string Text(XElement schema)
    {
        var copy = new XElement(schema);
        foreach (
            var declaration in schema.Ancestors().Attributes().Where(attribute => attribute.IsNamespaceDeclaration)
        )
        {
            if (copy.Attribute(declaration.Name) is null)
                copy.Add(new XAttribute(declaration));
        }

        // Nobody reads them here, and the compiler goes through what is in them anew for each piece.
        foreach (var annotation in copy.Descendants(WsdlNames.Xsd + "annotation").ToList())
            annotation.RemoveNodes();

        var imports = copy.Elements(WsdlNames.Xsd + "import").ToList();
        foreach (var import in imports.Where(import => WellKnownSchemas.Has(import.Value("namespace"))))
            import.SetAttributeValue("schemaLocation", null);
        AddImports(copy, imports);
        return copy.ToString(SaveOptions.DisableFormatting);
    }

    private void AddImports(XElement schema, List<XElement> imports)
    {
        var own = schema.Value("targetNamespace") ?? "";
        var imported = imports.Select(import => import.Value("namespace") ?? "").ToHashSet();
        _used.UnionWith(WellKnownSchemas.Namespaces.Where(imported.Contains).Where(ns => !_known.Contains(ns)));
        var declared = schema
            .DescendantsAndSelf()
            .Attributes()
            .Where(attribute => attribute.IsNamespaceDeclaration)
            .Select(attribute => attribute.Value)
            .Distinct()
            .Where(ns => ns != own && ns != WsdlNames.Xsd.NamespaceName && !imported.Contains(ns));
        foreach (var ns in declared.ToList())
        {
            var isWellKnown = WellKnownSchemas.Namespaces.Contains(ns) && !_known.Contains(ns);
            if (!isWellKnown && !_known.Contains(ns))
                continue;
            if (isWellKnown)
                _used.Add(ns);
            schema.AddFirst(new XElement(WsdlNames.Xsd + "import", new XAttribute("namespace", ns)));
        }
    }

    /// <summary>Gives out what was fetched, and nothing else.</summary>
    private sealed class LoadedDocuments(IReadOnlyDictionary<string, byte[]> documents) : XmlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            documents.TryGetValue(absoluteUri.AbsoluteUri, out var content)
                ? new MemoryStream(content, writable: false)
                : throw new XmlException($"{absoluteUri} was not fetched.");
    }
}
