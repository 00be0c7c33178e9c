using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Which namespaces a wildcard of the schema permits.</summary>
internal static class Wildcards
{
    public static bool Permit(XmlSchemaAny wildcard, string ns)
    {
        var list = wildcard.Namespace ?? "##any";
        var target = TargetNamespace(wildcard);
        return list switch
        {
            "##any" => true,
            "##other" => ns.Length > 0 && ns != target,
            _ => list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Any(item =>
                    item switch
                    {
                        "##targetNamespace" => ns == target,
                        "##local" => ns.Length == 0,
                        _ => item == ns,
                    }
                ),
        };
    }

    /// <summary>
    /// The namespaces that an element for a wildcard of a type may have when none is named: that of the schema, none, those that the
    /// schema lists, as far as they are permitted.
    /// </summary>
    public static IReadOnlyList<string> Namespaces(ComplexShape type)
    {
        var wildcards = Of(type.Content!)
            .DistinctBy(wildcard => (wildcard.Namespace, TargetNamespace(wildcard)))
            .ToList();
        return
        [
            .. wildcards
                .SelectMany(wildcard => Listed(wildcard).Prepend("").Prepend(TargetNamespace(wildcard)))
                .Distinct()
                .Where(ns => wildcards.Exists(wildcard => Permit(wildcard, ns))),
        ];
    }

    /// <summary>
    /// The name of an element for a wildcard. <c>{namespace}name</c> says it; a name alone is that of an element which the schema knows,
    /// else in the first namespace.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="namespaces">From <see cref="Namespaces"/>.</param>
    /// <param name="catalog">The schema.</param>
    /// <returns>Null when there is no namespace that it could be in.</returns>
    public static XmlQualifiedName? NameOf(string text, IReadOnlyList<string> namespaces, SchemaCatalog catalog)
    {
        if (XmlNames.Parse(text) is { } qualified)
            return qualified;
        var names = namespaces.Select(ns => new XmlQualifiedName(text, ns)).ToList();
        return names.Find(name => catalog.Element(name) is not null) ?? names.FirstOrDefault();
    }

    private static IEnumerable<XmlSchemaAny> Of(Particle particle) =>
        particle switch
        {
            AnyParticle any => [any.Wildcard],
            GroupParticle group => group.Items.SelectMany(Of),
            _ => [],
        };

    private static IEnumerable<string> Listed(XmlSchemaAny wildcard) =>
        (wildcard.Namespace ?? "")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(item => !item.StartsWith("##", StringComparison.Ordinal));

    private static string TargetNamespace(XmlSchemaObject wildcard)
    {
        for (XmlSchemaObject? item = wildcard; item is not null; item = item.Parent)
        {
            if (item is XmlSchema schema)
                return schema.TargetNamespace ?? "";
        }

        return "";
    }
}
