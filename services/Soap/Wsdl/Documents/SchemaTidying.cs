using System.Xml.Linq;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <summary>
/// Copies a schema without what means nothing and only makes compilers stop: annotations, attributes and elements that XML Schema does
/// not know, things in the wrong order. What is left out and might have meant something is noted.
/// </summary>
/// <param name="location">Of the document, for notices.</param>
/// <param name="notices">Takes what was passed over.</param>
internal sealed class SchemaTidying(Uri location, WsdlNotices notices)
{
    private const int LongestShown = 100;

    /// <param name="schema">Where it stands in its document.</param>
    /// <returns>The schema alone, with the namespaces that it inherits.</returns>
    public XElement Copy(XElement schema)
    {
        var copy = new XElement(schema.Name);
        var declared = new HashSet<XName>();
        foreach (var attribute in schema.AncestorsAndSelf().Attributes().Where(one => one.IsNamespaceDeclaration))
        {
            if (declared.Add(attribute.Name))
                copy.Add(new XAttribute(attribute));
        }

        CopyAttributes(schema, copy, isGlobal: false);
        if (copy.Value("targetNamespace") is "")
            copy.SetAttributeValue("targetNamespace", null);
        foreach (var form in new[] { "elementFormDefault", "attributeFormDefault" })
            MendForm(copy, form);
        CopyElements(schema, copy, areGlobal: true);
        return copy;
    }

    private void CopyElements(XElement source, XElement copy, bool areGlobal)
    {
        foreach (var child in source.Elements())
        {
            if (child.Name.Namespace != WsdlNames.Xsd)
                Note($"has {Shown(child)} in its schema, which XML Schema does not know. It is passed over.");
            else if (child.Name.LocalName == "annotation")
                CheckAnnotation(child);
            else if (SchemaGrammar.IsOfLaterVersion(child.Name.LocalName))
                Note($"has {Shown(child)} in {Place(source)}, which is of XML Schema 1.1. It is passed over.");
            else if (!KeepsApart(child, copy))
                copy.Add(Element(child, areGlobal));
        }

        Arrange(copy, source);
    }

    private XElement Element(XElement source, bool isGlobal)
    {
        var copy = new XElement(source.Name);
        foreach (var declaration in source.Attributes().Where(one => one.IsNamespaceDeclaration))
            copy.Add(new XAttribute(declaration));
        CopyAttributes(source, copy, isGlobal);
        CopyElements(source, copy, areGlobal: source.Name.LocalName == "redefine");
        // Any order is right there, so that the one in which it is written is; answers are read in any.
        if (SchemaGrammar.IsAllOfLaterVersion(copy))
            copy.Name = WsdlNames.Xsd + "sequence";
        return copy;
    }

    private void CopyAttributes(XElement source, XElement copy, bool isGlobal)
    {
        foreach (var attribute in source.Attributes())
        {
            var name = attribute.Name;
            if (attribute.IsNamespaceDeclaration || SchemaGrammar.IsMeaningless(name.LocalName))
                continue;
            // Those of others are notes to their own tools.
            if (name.Namespace != XNamespace.None && name.Namespace != WsdlNames.Xsd)
                continue;
            if (name.Namespace == WsdlNames.Xsd || !SchemaGrammar.Knows(source, isGlobal, name.LocalName))
                Note(
                    $"has the attribute '{Short(name.LocalName)}' on {Place(source)}, where XML Schema does not know it. It is passed over."
                );
            else
                copy.Add(new XAttribute(name, Value(name.LocalName, attribute.Value)));
        }
    }

    // What is written as a programmer would write it.
    private static string Value(string attribute, string value) =>
        attribute switch
        {
            "maxOccurs" when value.Trim().Equals("unbounded", StringComparison.OrdinalIgnoreCase) => "unbounded",
            "nillable" or "abstract" or "mixed" when value.Trim() is "True" or "TRUE" => "true",
            "nillable" or "abstract" or "mixed" when value.Trim() is "False" or "FALSE" => "false",
            _ => value,
        };

    private void MendForm(XElement schema, string attribute)
    {
        if (schema.Attribute(attribute) is not { } form || form.Value is "qualified" or "unqualified")
            return;
        var mended = form.Value.Trim().ToLowerInvariant();
        if (mended is "qualified" or "unqualified")
        {
            form.Value = mended;
            return;
        }

        Note($"has the value '{Short(form.Value)}' for {attribute}, which means nothing. It is passed over.");
        form.Remove();
    }

    private void CheckAnnotation(XElement annotation)
    {
        var unknown = annotation
            .Elements()
            .FirstOrDefault(child =>
                child.Name.Namespace == WsdlNames.Xsd && child.Name.LocalName is not ("documentation" or "appinfo")
            );
        if (unknown is not null)
            Note($"has {Shown(unknown)} in an annotation, which XML Schema does not know. It is passed over.");
    }

    // Bounds that are longer than the framework's numbers. They are ours to check.
    private static bool KeepsApart(XElement facet, XElement restriction)
    {
        if (restriction.Name != WsdlNames.Xsd + "restriction" || facet.Value("value") is not { } value)
            return false;
        var name = facet.Name.LocalName;
        if (FarBounds.Are(name, value))
            restriction.SetAttributeValue(FarBounds.Namespace + name, value);
        return FarBounds.Are(name, value) || FarBounds.AreNone(name, value);
    }

    private void Arrange(XElement parent, XElement source)
    {
        var name = parent.Name.LocalName;
        var children = parent.Elements().ToList();
        var last = 0;
        var isInOrder = true;
        foreach (var child in children)
        {
            var rank = SchemaGrammar.Rank(name, child.Name.LocalName);
            isInOrder &= rank >= last;
            last = Math.Max(last, rank);
        }

        if (isInOrder)
            return;
        Note($"has elements in the wrong order in {Place(source)}. They are taken in the right one.");
        parent.RemoveNodes();
        parent.Add(children.OrderBy(child => SchemaGrammar.Rank(name, child.Name.LocalName)));
    }

    private void Note(string what) => notices.Add(location, what);

    private static string Place(XElement element) =>
        element.AncestorsAndSelf().FirstOrDefault(outer => outer.Value("name") is not null) is { } named
            ? $"{named.Name.LocalName} '{Short(named.Value("name")!)}'"
            : $"<{element.Name.LocalName}>";

    private static string Shown(XElement element) => $"<{Short(element.Name.LocalName)}>";

    private static string Short(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
