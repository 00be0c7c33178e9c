using System.Globalization;
using System.Xml.Linq;
using System.Xml.Schema;
using Integration.Soap.Mapping;

namespace Integration.Soap.Schemas;

/// <summary>
/// Bounds of numbers with more digits than the framework's numbers have. Its compiler does not take them; they go past it as attributes
/// that it does not know, and are compared digit by digit.
/// </summary>
internal static class FarBounds
{
    // What System.Decimal carries whatever the digits are.
    private const int Digits = 28;

    /// <summary>Of the attributes, and of nothing else.</summary>
    public static readonly XNamespace Namespace = "urn:integration:far-bounds";

    /// <summary>Whether a facet is such a bound.</summary>
    public static bool Are(string facet, string value) =>
        facet is "minInclusive" or "maxInclusive" or "minExclusive" or "maxExclusive"
        && value.Length > Digits
        && JsonNumbers.OfXml(value) is { } digits
        && digits.Count(char.IsAsciiDigit) > Digits;

    /// <summary>Whether a facet bounds nothing that could be in a message: more characters or digits than memory holds.</summary>
    public static bool AreNone(string facet, string value) =>
        facet is "maxLength" or "totalDigits" or "fractionDigits"
        && JsonNumbers.OfXml(value) is { } digits
        && !digits.StartsWith('-')
        && !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Those of a restriction, by the names of the facets.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(XmlSchemaAnnotated restriction) =>
        (restriction.UnhandledAttributes ?? [])
            .Where(attribute => attribute.NamespaceURI == Namespace.NamespaceName)
            .Select(attribute => KeyValuePair.Create(attribute.LocalName, attribute.Value));
}
