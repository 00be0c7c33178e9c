using System.Xml.Schema;

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
