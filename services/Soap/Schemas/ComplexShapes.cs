using System.Xml;
using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>Compiles complex types of a schema.</summary>
internal static class ComplexShapes
{
    public static ComplexShape Of(XmlSchemaComplexType type, SchemaCatalog catalog)
    {
        var content = type.ContentType is XmlSchemaContentType.ElementOnly or XmlSchemaContentType.Mixed
            ? new ContentBuilder(catalog).Build(type.ContentTypeParticle)
            : (Particle: null, Properties: []);
        return new ComplexShape(type, Attributes(type, catalog), content.Properties, content.Particle)
        {
            Text = type.ContentType == XmlSchemaContentType.TextOnly ? SimpleContent(type, catalog) : null,
            IsMixed = type.ContentType == XmlSchemaContentType.Mixed,
            AnyAttribute = type.AttributeWildcard is not null,
        };
    }

    private static List<AttributeShape> Attributes(XmlSchemaComplexType type, SchemaCatalog catalog)
    {
        var uses = type
            .AttributeUses.Values.Cast<XmlSchemaAttribute>()
            .Where(attribute => attribute.Use != XmlSchemaUse.Prohibited)
            .OrderBy(attribute => attribute.LineNumber)
            .ThenBy(attribute => attribute.QualifiedName.Name, StringComparer.Ordinal)
            .ToList();
        var several = uses.GroupBy(use => use.QualifiedName.Name)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        return
        [
            .. uses.Select(use => new AttributeShape(
                "@"
                    + (
                        several.Contains(use.QualifiedName.Name) ? Qualified(use.QualifiedName) : use.QualifiedName.Name
                    ),
                use.QualifiedName,
                (SimpleShape)catalog.Of(use.AttributeSchemaType!),
                use.Use == XmlSchemaUse.Required,
                // A reference does not repeat what the attribute that it refers to says.
                use.FixedValue
                    ?? (catalog.Schemas.GlobalAttributes[use.RefName] as XmlSchemaAttribute)?.FixedValue
            )),
        ];
    }

    // A restriction of the text may stand on the complex type itself; its datatype knows, its base does not.
    private static SimpleShape SimpleContent(XmlSchemaComplexType type, SchemaCatalog catalog)
    {
        XmlSchemaType? source = type;
        while (source is XmlSchemaComplexType)
            source = source.BaseXmlSchemaType;
        var text = (XmlSchemaSimpleType)(source ?? XmlSchemaType.GetBuiltInSimpleType(XmlTypeCode.String));
        return SimpleShapes.Of(text, type.Datatype!, Facets.Of(type), catalog);
    }

    public static string Qualified(XmlQualifiedName name) => $"{{{name.Namespace}}}{name.Name}";
}
