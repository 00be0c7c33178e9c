using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>A definition of a schema by what refers to it: types share their names, all others are among their own kind.</summary>
internal readonly record struct DefinitionName(string Kind, XmlQualifiedName Name)
{
    private const int LongestShown = 200;

    /// <summary>For people: <c>type {urn:orders}Order</c>.</summary>
    public override string ToString()
    {
        var text = Name.Namespace.Length == 0 ? $"{Kind} {Name.Name}" : $"{Kind} {{{Name.Namespace}}}{Name.Name}";
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }
}

/// <summary>A definition where it stands.</summary>
/// <param name="Schema">In which it is.</param>
/// <param name="Element">One of its outermost.</param>
internal readonly record struct SchemaDefinition(SchemaText Schema, XElement Element)
{
    /// <summary>The name that others refer to it by; null where it has none.</summary>
    public DefinitionName? Name =>
        SchemaGrammar.Kind(Element.Name.LocalName) is { } kind && Element.Value("name") is { } name
            ? new DefinitionName(kind, new XmlQualifiedName(name, Schema.TargetNamespace))
            : null;
}

/// <summary>The definitions of all schemas together: their names, which are there twice, and which need which.</summary>
/// <param name="schemas">Tidied.</param>
internal sealed class SchemaDefinitions(IReadOnlyList<SchemaText> schemas)
{
    private readonly Dictionary<DefinitionName, List<SchemaDefinition>> _byName = [];
    private readonly Dictionary<DefinitionName, List<SchemaDefinition>> _users = [];

    // With the same local name, whatever the namespace.
    private readonly Dictionary<(string Kind, string Name), List<DefinitionName>> _usedByLocalName = [];
    private readonly HashSet<XElement> _gone = [];
    private bool _knowsUsers;

    /// <summary>Leaves one of those that say the same. Of those that do not, it is not known which is meant.</summary>
    /// <returns>Those that are there several times and differ.</returns>
    public IReadOnlyCollection<DefinitionName> RemoveDuplicates(WsdlNotices notices)
    {
        var said = new Dictionary<DefinitionName, string>();
        var unclear = new HashSet<DefinitionName>();
        foreach (var definition in All())
        {
            if (definition.Name is not { } name)
                continue;
            if (!_byName.TryGetValue(name, out var those))
            {
                _byName[name] = [definition];
                continue;
            }

            if (!said.TryGetValue(name, out var before))
                said[name] = before = Said(those[0]);
            if (before == Said(definition))
            {
                notices.Add(
                    definition.Schema.Document,
                    $"has the {name} once more, with the same content. It is passed over."
                );
                _gone.Add(definition.Element);
            }
            else
            {
                those.Add(definition);
                unclear.Add(name);
            }
        }

        return unclear;
    }

    /// <summary>Leaves a definition out.</summary>
    /// <returns>False when it is left out already.</returns>
    public bool LeaveOut(XElement definition) => _gone.Add(definition);

    /// <summary>Whether a definition is left out.</summary>
    public bool IsLeftOut(XElement definition) => _gone.Contains(definition);

    /// <summary>Leaves out all definitions of a name, and all that need them, directly or over others.</summary>
    /// <returns>The names of those that need them, each with what it needs of them.</returns>
    public IEnumerable<(DefinitionName User, DefinitionName Needed)> LeaveOut(DefinitionName broken)
    {
        FindUsers();
        foreach (var definition in _byName.GetValueOrDefault(broken) ?? [])
            _gone.Add(definition.Element);
        var open = new Queue<DefinitionName>([broken]);
        while (open.TryDequeue(out var needed))
        {
            foreach (var definition in UsersOf(needed))
            {
                if (!_gone.Add(definition.Element) || definition.Name is not { } name)
                    continue;
                yield return (name, needed);
                open.Enqueue(name);
            }
        }
    }

    /// <summary>Takes what is left out from the schemas.</summary>
    public void Sweep()
    {
        foreach (var schema in schemas)
        {
            if (schema.Root.Elements().Any(_gone.Contains))
                schema.Root.RemoveChildren(_gone);
        }
    }

    private IEnumerable<SchemaDefinition> All() =>
        schemas.SelectMany(schema => schema.Root.Elements().Select(element => new SchemaDefinition(schema, element)));

    // A schema without a namespace takes that of the one that includes it.
    private List<SchemaDefinition> UsersOf(DefinitionName needed)
    {
        if (needed.Name.Namespace.Length > 0)
            return _users.GetValueOrDefault(needed) ?? [];
        var names = _usedByLocalName.GetValueOrDefault((needed.Kind, needed.Name.Name)) ?? [];
        return [.. names.SelectMany(name => _users[name])];
    }

    private void FindUsers()
    {
        if (_knowsUsers)
            return;
        _knowsUsers = true;
        foreach (var definition in All())
        {
            foreach (var name in definition.Element.DescendantsAndSelf().SelectMany(Named).Distinct())
            {
                if (!_users.TryGetValue(name, out var users))
                {
                    _users[name] = users = [];
                    var local = (name.Kind, name.Name.Name);
                    if (!_usedByLocalName.TryGetValue(local, out var names))
                        _usedByLocalName[local] = names = [];
                    names.Add(name);
                }

                users.Add(definition);
            }
        }
    }

    private static IEnumerable<DefinitionName> Named(XElement element) =>
        element
            .Attributes()
            .Where(attribute => SchemaGrammar.HoldsNames(attribute.Name.LocalName))
            .SelectMany(attribute =>
                Names(attribute)
                    .Select(name => new DefinitionName(
                        SchemaGrammar.KindNamed(element.Name.LocalName, attribute.Name.LocalName),
                        name
                    ))
            );

    private static IEnumerable<XmlQualifiedName> Names(XAttribute attribute) =>
        attribute
            .Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(name => WsdlNames.Qualified(attribute.Parent!, name));

    // The same for the same definition, whatever its prefixes and the order of its attributes are.
    private static string Said(SchemaDefinition definition)
    {
        var text = new StringBuilder();
        Say(definition.Schema.Root, definition.Element, text);
        return text.ToString();
    }

    private static void Say(XElement schema, XElement element, StringBuilder text)
    {
        text.Append('<').Append(element.Name.LocalName);
        foreach (
            var attribute in element
                .Attributes()
                .Where(one => !one.IsNamespaceDeclaration && !SaysTheUsual(one))
                .OrderBy(one => one.Name.LocalName, StringComparer.Ordinal)
        )
        {
            var value = SchemaGrammar.HoldsNames(attribute.Name.LocalName)
                ? string.Join(' ', Names(attribute))
                : attribute.Value.Trim();
            text.Append(' ').Append(attribute.Name.LocalName).Append("='").Append(value).Append('\'');
        }

        // The form that the schema gives to local definitions.
        if (element.Name.LocalName is "element" or "attribute" && element.Parent != schema)
            text.Append(" form='").Append(Form(schema, element)).Append('\'');
        text.Append('>');
        foreach (var child in element.Elements())
            Say(schema, child, text);
        text.Append("</>");
    }

    private static string Form(XElement schema, XElement local) =>
        local.Value("ref") is not null
            ? ""
            : local.Value("form") ?? schema.Value($"{local.Name.LocalName}FormDefault") ?? "unqualified";

    private static bool SaysTheUsual(XAttribute attribute) =>
        (attribute.Name.LocalName, attribute.Value.Trim())
            is
                ("form", _)
                or
                ("minOccurs" or "maxOccurs", "1")
                or
                ("nillable" or "abstract" or "mixed", "false" or "0");
}
