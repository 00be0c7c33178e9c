using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Mapping;

namespace Integration.Soap.Schemas;

/// <summary>A type of text: a scalar in JSON, or a list of them.</summary>
internal sealed class SimpleShape(XmlSchemaType schema, XmlSchemaDatatype datatype, ValueKind kind, Facets facets)
    : TypeShape(schema)
{
    private const int MaxListed = 20;
    private const int DigitsOfDecimal = 28;

    private readonly PatternGuard _patterns = new(facets.Patterns);
    private string? _expected;

    public ValueKind Kind { get; } = kind;

    public Facets Facets { get; } = facets;

    public XmlTypeCode Code { get; } = datatype.TypeCode;

    /// <summary>The type of the items of a list.</summary>
    public SimpleShape? Item { get; init; }

    /// <summary>The types of a union, in the order in which they are tried.</summary>
    public IReadOnlyList<SimpleShape> Members { get; init; } = [];

    /// <summary>Every text will do, as far as XML can carry it.</summary>
    public bool TakesAnyText { get; } =
        datatype == XmlSchemaType.GetBuiltInSimpleType(XmlTypeCode.String).Datatype
        || datatype.TypeCode is XmlTypeCode.AnyAtomicType or XmlTypeCode.Item or XmlTypeCode.None;

    public override bool IsAbstract => false;

    public override string Expected => _expected ??= Describe();

    /// <summary>Whether a text is in the type, facets included.</summary>
    /// <returns>Null, or what is wrong, without the text itself.</returns>
    public string? Problem(string text, IXmlNamespaceResolver names)
    {
        if (Kind == ValueKind.Number && !Facets.IsWithinFarBounds(text))
            return Expected;
        if (TakesAnyText || IsLongNumber(text))
            return null;
        if (!_patterns.Permits(text))
            return Expected;
        try
        {
            datatype.ParseValue(text, new NameTable(), names);
            return null;
        }
        catch (Exception e)
            when (e is XmlSchemaException or XmlException or FormatException or OverflowException or ArgumentException)
        {
            return Expected;
        }
    }

    /// <summary>
    /// Whether it is a number of the type that is longer than the framework's own check can take. Only for types without further
    /// restrictions, but for bounds that are as long.
    /// </summary>
    public bool IsLongNumber(string text) =>
        Kind == ValueKind.Number
        && text.Length > DigitsOfDecimal
        && Facets.TakesLongNumbers
        && JsonNumbers.OfXml(text) is { } digits
        && Code switch
        {
            XmlTypeCode.Decimal => true,
            XmlTypeCode.Integer => !digits.Contains('.', StringComparison.Ordinal),
            XmlTypeCode.NonNegativeInteger or XmlTypeCode.PositiveInteger => !digits.AsSpan().ContainsAny("-."),
            _ => false,
        };

    private string Describe()
    {
        if (Facets.Enumeration.Count > 0)
        {
            var listed = string.Join(", ", Facets.Enumeration.Take(MaxListed));
            return Facets.Enumeration.Count > MaxListed ? $"one of {listed}, …" : $"one of {listed}";
        }

        var what = Kind switch
        {
            ValueKind.Boolean => "true or false",
            ValueKind.Number when Code == XmlTypeCode.Decimal => "a number",
            ValueKind.Number => "a whole number",
            ValueKind.Float or ValueKind.Double => "a number, INF, -INF or NaN",
            ValueKind.Base64 => "base64 or a file reference",
            ValueKind.Hex => "hexadecimal digits",
            ValueKind.QName => "a name such as {namespace}name",
            ValueKind.List => $"a list, each {Item!.Expected}",
            ValueKind.Union => string.Join(", or ", Members.Select(member => member.Expected)),
            _ => Code switch
            {
                XmlTypeCode.DateTime => "a date and time such as 2026-12-01T10:00:00Z",
                XmlTypeCode.Date => "a date such as 2026-12-01",
                XmlTypeCode.Time => "a time such as 10:00:00",
                XmlTypeCode.Duration => "a duration such as P1DT2H",
                XmlTypeCode.GYear => "a year such as 2026",
                XmlTypeCode.GYearMonth => "a month such as 2026-12",
                XmlTypeCode.GMonth => "a month such as --12",
                XmlTypeCode.GMonthDay => "a day of the year such as --12-01",
                XmlTypeCode.GDay => "a day of the month such as ---01",
                _ => "a text",
            },
        };
        var name = Kind is ValueKind.List or ValueKind.Union ? "" : $" (xs:{BuiltIn()})";
        return what + name + Facets.Describe();
    }

    private string BuiltIn()
    {
        for (var type = Schema; type is not null; type = type.BaseXmlSchemaType)
        {
            if (type.QualifiedName.Namespace == XmlNames.Xsd)
                return type.QualifiedName.Name;
        }

        return "string";
    }
}
