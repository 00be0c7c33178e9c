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
    /// The name of an element for a wildcard of a type. <c>{namespace}name</c> says it; for a name alone it is that of an element which the
    /// schema knows, else in the namespace of the schema, or in none, whatever is permitted first.
    /// </summary>
    /// <returns>Null when none of them is permitted.</returns>
    public static XmlQualifiedName? NameOf(string text, ComplexShape type, SchemaCatalog catalog)
    {
        if (XmlNames.Parse(text) is { } qualified)
            return qualified;
        var wildcards = Of(type.Content!).ToList();
        var candidates = wildcards
            .SelectMany(wildcard => Listed(wildcard).Prepend("").Prepend(TargetNamespace(wildcard)))
            .Where(ns => wildcards.Exists(wildcard => Permit(wildcard, ns)))
            .Distinct()
            .Select(ns => new XmlQualifiedName(text, ns))
            .ToList();
        return candidates.Find(name => catalog.Element(name) is not null) ?? candidates.FirstOrDefault();
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
