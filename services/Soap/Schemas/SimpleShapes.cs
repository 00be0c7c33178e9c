using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>Compiles simple types of a schema.</summary>
internal static class SimpleShapes
{
    public static SimpleShape Of(XmlSchemaSimpleType type, SchemaCatalog catalog) =>
        Of(type, type.Datatype!, Facets.Of(type), catalog);

    public static SimpleShape Of(
        XmlSchemaSimpleType type,
        XmlSchemaDatatype datatype,
        Facets facets,
        SchemaCatalog catalog
    )
    {
        switch (datatype.Variety)
        {
            case XmlSchemaDatatypeVariety.List:
                return new SimpleShape(type, datatype, ValueKind.List, facets) { Item = ItemOf(type, catalog) };
            case XmlSchemaDatatypeVariety.Union:
                return new SimpleShape(type, datatype, ValueKind.Union, facets) { Members = MembersOf(type, catalog) };
            default:
                return new SimpleShape(type, datatype, Atomic(datatype.TypeCode), facets);
        }
    }

    private static ValueKind Atomic(XmlTypeCode code) =>
        code switch
        {
            XmlTypeCode.Boolean => ValueKind.Boolean,
            XmlTypeCode.Decimal or (>= XmlTypeCode.Integer and <= XmlTypeCode.PositiveInteger) => ValueKind.Number,
            XmlTypeCode.Float => ValueKind.Float,
            XmlTypeCode.Double => ValueKind.Double,
            XmlTypeCode.Base64Binary => ValueKind.Base64,
            XmlTypeCode.HexBinary => ValueKind.Hex,
            XmlTypeCode.QName or XmlTypeCode.Notation => ValueKind.QName,
            _ => ValueKind.Text,
        };

    private static SimpleShape ItemOf(XmlSchemaType? type, SchemaCatalog catalog)
    {
        for (; type is not null; type = type.BaseXmlSchemaType)
        {
            if (type is XmlSchemaSimpleType { Content: XmlSchemaSimpleTypeList list } && list.BaseItemType is { } item)
                return (SimpleShape)catalog.Of(item);
        }

        // NMTOKENS, IDREFS and ENTITIES, whose items are texts without blanks.
        return (SimpleShape)catalog.Of(XmlSchemaType.GetBuiltInSimpleType(XmlTypeCode.NmToken));
    }

    private static IReadOnlyList<SimpleShape> MembersOf(XmlSchemaType? type, SchemaCatalog catalog)
    {
        for (; type is not null; type = type.BaseXmlSchemaType)
        {
            if (type is XmlSchemaSimpleType { Content: XmlSchemaSimpleTypeUnion union })
                return [.. (union.BaseMemberTypes ?? []).Select(member => (SimpleShape)catalog.Of(member))];
        }

        return [];
    }
}
