using System.Text.Json;
using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Which derived type an input means.</summary>
internal sealed class TypeChoice(SchemaCatalog catalog, InputProblems problems)
{
    private const int MaxNames = 20;

    public TypeShape? Of(TypeShape declared, JsonElement name, JsonPath path)
    {
        var place = path.Property(JsonNames.Type);
        if (declared.Schema is null)
        {
            problems.Add(place, "is not known: an rpc message has its parts, and no type. Remove it.");
            return null;
        }

        if (name.ValueKind != JsonValueKind.String)
        {
            problems.Add(place, $"is {ValueText.Kind(name)}; it takes the name of a type: {Choices(declared)}.");
            return null;
        }

        var text = name.GetString()!;
        var found = XmlNames.Parse(text) is { } qualified ? Qualified(declared, qualified) : Local(declared, text);
        switch (found.Count)
        {
            case 1:
                return catalog.Of(found[0]);
            case 0:
                problems.Add(
                    place,
                    $"is {Shown(place, text)}, which is no type that is allowed here: {Choices(declared)}."
                );
                return null;
            default:
                var names = string.Join(", ", found.Select(type => XmlNames.Text(type.QualifiedName)));
                problems.Add(place, $"is {Shown(place, text)}, which is not clear. Write one of {names}.");
                return null;
        }
    }

    private static string Shown(JsonPath place, string text) => place.HoldsSecrets ? "a name" : $"'{text}'";

    /// <summary>The types that may stand for the declared one.</summary>
    public string Choices(TypeShape declared)
    {
        var types = catalog.DerivedFrom(declared.Schema!);
        var names = types.Select(type => type.QualifiedName.Name).Take(MaxNames).ToList();
        if (!declared.IsAbstract && !declared.Name.IsEmpty)
            names.Insert(0, declared.Name.Name);
        return names.Count == 0 ? "there is none"
            : types.Count > MaxNames ? $"one of {string.Join(", ", names)}, …"
            : $"one of {string.Join(", ", names)}";
    }

    private List<XmlSchemaType> Qualified(TypeShape declared, XmlQualifiedName name) =>
        catalog.Type(name) is { } type && Fits(type, declared) ? [type] : [];

    private List<XmlSchemaType> Local(TypeShape declared, string name)
    {
        var found = catalog
            .DerivedFrom(declared.Schema!)
            .Append(declared.Schema!)
            .Where(type => type.QualifiedName.Name == name && Fits(type, declared))
            .ToList();
        return found.Count > 0 ? found : Qualified(declared, new XmlQualifiedName(name, XmlNames.Xsd));
    }

    private static bool Fits(XmlSchemaType type, TypeShape declared) =>
        type is not XmlSchemaComplexType { IsAbstract: true }
        && (
            type == declared.Schema
            || XmlSchemaType.IsDerivedFrom(type, declared.Schema!, XmlSchemaDerivationMethod.Empty)
        );
}
