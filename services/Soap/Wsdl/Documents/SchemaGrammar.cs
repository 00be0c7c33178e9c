using System.Collections.Frozen;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>What XML Schema knows: the attributes of its elements, their order, and which of them hold names.</summary>
internal static class SchemaGrammar
{
    private const string Occurrence = "minOccurs maxOccurs";

    private static readonly FrozenDictionary<string, FrozenSet<string>> _attributes = new Dictionary<string, string>
    {
        ["schema"] = "targetNamespace version attributeFormDefault elementFormDefault blockDefault finalDefault",
        ["import"] = "namespace schemaLocation",
        ["include"] = "schemaLocation",
        ["redefine"] = "schemaLocation",
        ["element"] = $"name ref type substitutionGroup {Occurrence} fixed nillable abstract final block form",
        ["attribute"] = "name ref type use fixed form",
        ["complexType"] = "name abstract final block mixed",
        ["simpleType"] = "name final",
        ["complexContent"] = "mixed",
        ["simpleContent"] = "",
        ["extension"] = "base",
        ["restriction"] = "base",
        ["list"] = "itemType",
        ["union"] = "memberTypes",
        ["group"] = $"name ref {Occurrence}",
        ["all"] = Occurrence,
        ["sequence"] = Occurrence,
        ["choice"] = Occurrence,
        ["any"] = $"namespace processContents {Occurrence}",
        ["anyAttribute"] = "namespace processContents",
        ["attributeGroup"] = "name ref",
        ["unique"] = "name",
        ["key"] = "name",
        ["keyref"] = "name refer",
        ["selector"] = "xpath",
        ["field"] = "xpath",
        ["notation"] = "name public system",
    }.ToFrozenDictionary(
        one => one.Key,
        one => one.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet()
    );

    // What is there for documentation, and what this service does not read: defaults are not added to messages.
    private static readonly FrozenSet<string> _meaningless = new[] { "id", "default" }.ToFrozenSet();

    private static readonly FrozenSet<string> _facet = new[] { "value", "fixed" }.ToFrozenSet();

    // Only of definitions inside of others, and only of those outside.
    private static readonly FrozenSet<string> _ofLocal = new[]
    {
        "ref",
        "form",
        "use",
        "minOccurs",
        "maxOccurs",
    }.ToFrozenSet();
    private static readonly FrozenDictionary<string, FrozenSet<string>> _ofGlobal = new Dictionary<string, string[]>
    {
        ["element"] = ["substitutionGroup", "abstract", "final"],
        ["complexType"] = ["name", "abstract", "final", "block"],
        ["simpleType"] = ["name", "final"],
    }.ToFrozenDictionary(one => one.Key, one => one.Value.ToFrozenSet());

    private static readonly FrozenSet<string> _names = new[]
    {
        "type",
        "base",
        "ref",
        "refer",
        "itemType",
        "memberTypes",
        "substitutionGroup",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> _facets = new[]
    {
        "enumeration",
        "pattern",
        "length",
        "minLength",
        "maxLength",
        "minInclusive",
        "maxInclusive",
        "minExclusive",
        "maxExclusive",
        "totalDigits",
        "fractionDigits",
        "whiteSpace",
    }.ToFrozenSet();

    /// <summary>Whether an attribute says nothing to us, wherever it stands.</summary>
    public static bool IsMeaningless(string attribute) => _meaningless.Contains(attribute);

    /// <summary>Whether XML Schema knows an attribute where it stands.</summary>
    /// <param name="element">Of the schema.</param>
    /// <param name="isGlobal">Whether it stands directly in the schema, or in a redefinition.</param>
    /// <param name="attribute">Without a namespace.</param>
    public static bool Knows(XElement element, bool isGlobal, string attribute)
    {
        var name = element.Name.LocalName;
        var known = IsFacet(name) ? _facet : _attributes.GetValueOrDefault(name);
        // An element that it does not know is reported as such.
        if (known is null)
            return true;
        return known.Contains(attribute)
            && (
                isGlobal
                    ? !_ofLocal.Contains(attribute)
                    : _ofGlobal.GetValueOrDefault(name)?.Contains(attribute) != true
            );
    }

    /// <summary>
    /// Whether an element of version 1.1 only says what else must hold, or may stand there: without it a type takes what it is written as.
    /// </summary>
    public static bool IsOfLaterVersion(string element) =>
        element
            is "assert"
                or "assertion"
                or "explicitTimezone"
                or "openContent"
                or "defaultOpenContent"
                or "alternative";

    /// <summary>Whether an element is an <c>xs:all</c> with what only version 1.1 permits in it: repeated elements, wildcards, groups.</summary>
    public static bool IsAllOfLaterVersion(XElement element) =>
        element.Name == WsdlNames.Xsd + "all"
        && element
            .Elements()
            .Any(child =>
                child.Name.LocalName is "any" or "group" || child.Value("maxOccurs")?.Trim() is not (null or "0" or "1")
            );

    /// <summary>Whether an element restricts values.</summary>
    public static bool IsFacet(string element) => _facets.Contains(element);

    /// <summary>Whether an attribute holds names of definitions.</summary>
    public static bool HoldsNames(string attribute) => _names.Contains(attribute);

    /// <summary>What kind of definition a global element is, or null: types share their names.</summary>
    public static string? Kind(string element) =>
        element switch
        {
            "complexType" or "simpleType" => "type",
            "element" or "attribute" or "group" or "attributeGroup" => element,
            _ => null,
        };

    /// <summary>What kind of definition an attribute of an element names.</summary>
    public static string KindNamed(string element, string attribute) =>
        attribute == "ref" ? element
        : attribute == "substitutionGroup" ? "element"
        : "type";

    /// <summary>Where in its parent an element has to stand; those of one rank in any order.</summary>
    public static int Rank(string parent, string element) =>
        parent switch
        {
            "schema" => element is "import" or "include" or "redefine" ? 0 : 1,
            "complexType" or "extension" or "restriction" => element switch
            {
                "anyAttribute" => 2,
                "attribute" or "attributeGroup" => 1,
                _ => 0,
            },
            "element" => element is "complexType" or "simpleType" ? 0 : 1,
            _ => 0,
        };
}
