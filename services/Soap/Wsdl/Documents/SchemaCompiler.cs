using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Integration.Xml;

namespace Integration.Soap.Wsdl;

/// <summary>
/// Compiles the schemas of a WSDL: those in it, those beside it, and the well-known ones that they use. What the compiler does not take
/// is left out, with all that needs it, and the rest is compiled anew.
/// </summary>
internal sealed class SchemaCompiler
{
    // Problems of one kind hide those of the next, and there are few kinds.
    private const int MaxRounds = 12;
    private const int MaxProblems = 3;
    private const int LongestMessage = 400;

    private readonly IReadOnlyList<LoadedDocument> _documents;
    private readonly WsdlNotices _notices;
    private readonly SchemaReferences _references;
    private readonly List<SchemaText> _inside = [];
    private readonly List<SchemaText> _beside = [];
    private readonly HashSet<string> _used = [];
    private readonly Dictionary<string, SchemaText> _byLocation;
    private readonly SchemaDefinitions _definitions;
    private readonly Dictionary<DefinitionName, string> _broken = [];
    private readonly List<XmlSchemaException> _problems = [];

    private SchemaCompiler(IReadOnlyList<LoadedDocument> documents, WsdlNotices notices)
    {
        _documents = documents;
        _notices = notices;
        var inside = documents
            .Where(document => !IsSchema(document))
            .SelectMany(document =>
                document
                    .Root.Elements(WsdlNames.Wsdl + "types")
                    .Elements(WsdlNames.Xsd + "schema")
                    .Select(schema => document with { Root = schema })
            )
            .ToList();
        var beside = documents.Where(IsSchema).ToList();
        SchemaMeasure.Check(documents[0].Location, [.. inside.Concat(beside).Select(schema => schema.Root)]);
        for (var i = 0; i < inside.Count; i++)
            _inside.Add(Tidied(inside[i], new Uri($"{inside[i].Location.AbsoluteUri}#schema{i + 1}")));
        foreach (var schema in beside)
            _beside.Add(Tidied(schema, schema.Address));
        _byLocation = All.ToDictionary(schema => schema.Location.AbsoluteUri, StringComparer.Ordinal);
        _definitions = new SchemaDefinitions([.. All]);
        _references = new SchemaReferences(_inside, _beside, notices);
    }

    private IEnumerable<SchemaText> All => _inside.Concat(_beside);

    /// <param name="documents">All that were read.</param>
    /// <param name="notices">Takes what was left out.</param>
    public static CompiledSchemas Compile(IReadOnlyList<LoadedDocument> documents, WsdlNotices notices) =>
        new SchemaCompiler(documents, notices).Compile();

    private static bool IsSchema(LoadedDocument document) => document.Root.Name == WsdlNames.Xsd + "schema";

    private SchemaText Tidied(LoadedDocument schema, Uri location) =>
        new(location, schema.Location, new SchemaTidying(schema.Location, _notices).Copy(schema.Root));

    private CompiledSchemas Compile()
    {
        _used.UnionWith(_references.Settle());
        foreach (var name in _definitions.RemoveDuplicates(_notices))
            LeaveOut(name, "it is there several times, each time another");
        for (var round = 0; round < MaxRounds; round++)
        {
            _definitions.Sweep();
            _problems.Clear();
            var set = TryCompile();
            if (_problems.Count == 0)
                return new CompiledSchemas(set, _broken, _notices.Absent);
            var isLess = false;
            foreach (var problem in _problems)
                isLess |= LeaveOut(problem);
            if (!isLess)
                break;
        }

        throw WsdlErrors.Unusable(
            _documents[0].Location,
            $"has schemas that cannot be compiled: {string.Join(' ', _problems.Take(MaxProblems).Select(Describe))}",
            _problems[0]
        );
    }

    private XmlSchemaSet TryCompile()
    {
        var files = _beside.ToDictionary(
            schema => schema.Location.AbsoluteUri,
            schema => schema.Write(),
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
            foreach (var schema in _inside.Where(schema => !schema.IsLeftOut))
                Add(set, schema.Write(), schema.Location);
            foreach (var schema in _references.Roots.Where(schema => !schema.IsLeftOut))
                Add(set, files[schema.Location.AbsoluteUri], schema.Location);
            foreach (var ns in _used)
                Add(set, WellKnownSchemas.Text(ns), new Uri(ns));
            // What is wrong already would only be found once more.
            if (_problems.Count == 0)
                set.Compile();
        }
        catch (XmlSchemaException e)
        {
            _problems.Add(e);
        }

        return set;
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
        if (e.Severity == XmlSeverityType.Error)
            _problems.Add(e.Exception);
    }

    // Whether there was something to leave out.
    private bool LeaveOut(XmlSchemaException problem)
    {
        if (Find(problem) is not var (schema, element))
            return false;
        var message = Short(problem.Message);
        if (element == schema.Root)
            return LeaveOutAll(schema, message);
        var way = element.AncestorsAndSelf().ToList();
        if (way[^1] != schema.Root)
            return true;
        var definition = new SchemaDefinition(schema, way[^2]);
        if (_definitions.IsLeftOut(definition.Element))
            return true;
        if (SchemaGrammar.IsFacet(element.Name.LocalName))
            return LeaveOutFacets(schema, element, message);
        if (definition.Name is { } name)
            return LeaveOut(name, message);
        _notices.Add(schema.Document, $"has a <{element.Name.LocalName}> that is passed over: {message}.");
        return _definitions.LeaveOut(definition.Element);
    }

    // All of its kind: without one of several patterns the others would permit less.
    private bool LeaveOutFacets(SchemaText schema, XElement facet, string message)
    {
        var value = facet.Value("value") is { Length: <= 100 } shown ? $" '{shown}'" : "";
        _notices.Add(
            schema.Document,
            $"has the restriction {facet.Name.LocalName}{value}, which is not checked: {message}."
        );
        var restriction = facet.Parent!;
        restriction.RemoveChildren(restriction.Elements(facet.Name).ToHashSet());
        return true;
    }

    private bool LeaveOutAll(SchemaText schema, string message)
    {
        if (schema.IsLeftOut)
            return true;
        schema.IsLeftOut = true;
        _references.Exclude(schema);
        foreach (var element in schema.Root.Elements().ToList())
        {
            if (new SchemaDefinition(schema, element).Name is { } name)
                LeaveOut(name, message);
        }

        return true;
    }

    private bool LeaveOut(DefinitionName name, string reason)
    {
        if (!_broken.TryAdd(name, $"The {name} is broken: {reason}."))
            return true;
        _notices.Add(_documents[0].Location, $"has the {name}, which cannot be used: {reason}.");
        foreach (var (user, needed) in _definitions.LeaveOut(name))
            _broken.TryAdd(user, $"It needs the {needed}. {Reason(needed, name)}");
        return true;
    }

    private string Reason(DefinitionName needed, DefinitionName root) =>
        needed == root ? _broken[root] : $"That needs the {root}. {_broken[root]}";

    private static string Short(string message) =>
        (message.Length <= LongestMessage ? message : message[..LongestMessage] + "…").TrimEnd('.');

    private (SchemaText Schema, XElement Element)? Find(XmlSchemaException problem)
    {
        var (uri, line) = (problem.SourceUri, problem.LineNumber);
        // What the compiler finds in combinations it reports without a place.
        for (var source = problem.SourceSchemaObject; line == 0 && source is not null; source = source.Parent)
            (uri, line) = (source.SourceUri, source.LineNumber);
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var location))
            return null;
        var schema = _byLocation.GetValueOrDefault(location.AbsoluteUri);
        return schema?.At(line) is { } element ? (schema, element) : null;
    }

    private static string Describe(XmlSchemaException problem) =>
        problem.SourceUri is { Length: > 0 } uri
            ? $"{Short(problem.Message)}. ({uri.Split('#')[0]})"
            : $"{Short(problem.Message)}.";

    /// <summary>Gives out what was fetched, and nothing else.</summary>
    private sealed class LoadedDocuments(IReadOnlyDictionary<string, string> documents) : XmlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            documents.TryGetValue(absoluteUri.AbsoluteUri, out var content)
                ? new MemoryStream(Encoding.UTF8.GetBytes(content), writable: false)
                : throw new XmlException($"{absoluteUri} was not fetched.");
    }
}
