using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;
using ValueKind = Integration.Soap.Schemas.ValueKind;

namespace Integration.Soap.Mapping;

/// <summary>Texts of XML as scalars of JSON. Restrictions are not checked: the value is there, whatever it should have been.</summary>
internal static class ValueJson
{
    // What System.Decimal carries without rounding.
    private const int DigitsOfDecimal = 28;

    /// <param name="text">As it stands in the element.</param>
    /// <param name="type">Its type.</param>
    /// <param name="names">Finds namespaces of prefixes, for qualified names.</param>
    /// <exception cref="FormatException">It cannot be had as that kind of value.</exception>
    public static JsonNode? Of(string text, SimpleShape type, IXmlNamespaceResolver? names)
    {
        if (!MayBeEmpty(type) && string.IsNullOrWhiteSpace(text))
            return null;
        return type.Kind switch
        {
            ValueKind.Number => Number(text) ?? throw Wrong(text, type),
            ValueKind.Double => Double(text, type),
            ValueKind.Float => Float(text, type),
            ValueKind.Boolean => Boolean(text, type),
            ValueKind.QName => Name(text.Trim(), names),
            ValueKind.List => new JsonArray([
                .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                    .Select(item => Of(item, type.Item!, names)),
            ]),
            ValueKind.Union => Union(text, type, names),
            _ => KeepsBlanks(type.Code) ? text : text.Trim(),
        };
    }

    /// <summary>Whether prefixes in its texts mean namespaces.</summary>
    public static bool NeedsNames(SimpleShape type) =>
        type.Kind switch
        {
            ValueKind.QName => true,
            ValueKind.List => NeedsNames(type.Item!),
            ValueKind.Union => type.Members.Any(NeedsNames),
            _ => false,
        };

    // Some servers write an empty element where they have no date or number.
    private static bool MayBeEmpty(SimpleShape type) =>
        type.Kind switch
        {
            ValueKind.Union or ValueKind.List => true,
            ValueKind.Text => type.Code
                is not (
                    (>= XmlTypeCode.Duration and <= XmlTypeCode.GMonth)
                    or XmlTypeCode.YearMonthDuration
                    or XmlTypeCode.DayTimeDuration
                ),
            _ => false,
        };

    private static bool KeepsBlanks(XmlTypeCode code) =>
        code is XmlTypeCode.String or XmlTypeCode.NormalizedString or XmlTypeCode.AnyAtomicType or XmlTypeCode.None;

    private static JsonNode? Number(string text)
    {
        if (JsonNumbers.OfXml(text) is not { } digits)
            return null;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return digits.Length <= DigitsOfDecimal
            ? decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture)
            : JsonNode.Parse(digits);
    }

    private static JsonNode Double(string text, SimpleShape type)
    {
        var value = Parsed(text, type, XmlConvert.ToDouble);
        return double.IsFinite(value) ? value : text.Trim();
    }

    private static JsonNode Float(string text, SimpleShape type)
    {
        var value = Parsed(text, type, XmlConvert.ToSingle);
        return float.IsFinite(value) ? value : text.Trim();
    }

    private static T Parsed<T>(string text, SimpleShape type, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Wrong(text, type);
        }
    }

    // In any case: some write True.
    private static JsonNode Boolean(string text, SimpleShape type) =>
        text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            _ => throw Wrong(text, type),
        };

    private static string Name(string text, IXmlNamespaceResolver? names)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var ns = names?.LookupNamespace(colon < 0 ? "" : text[..colon]);
        return ns is null ? text : XmlNames.Text(new XmlQualifiedName(text[(colon + 1)..], ns));
    }

    private static JsonNode? Union(string text, SimpleShape type, IXmlNamespaceResolver? names)
    {
        var resolver = names ?? new XmlNamespaceManager(new NameTable());
        var member = type.Members.FirstOrDefault(candidate => candidate.Problem(text, resolver) is null);
        return member is null ? text : Of(text, member, names);
    }

    private static FormatException Wrong(string text, SimpleShape type)
    {
        var shown = text.Length > 40 ? text[..40] + "…" : text;
        return new FormatException($"is '{shown}', which is not {type.Expected}");
    }
}
