using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>The attributes of one element of an answer, and what they say about its type.</summary>
internal sealed class AnswerAttributes(SchemaCatalog catalog, XmlReader reader, AnswerPath path)
{
    /// <summary>The properties that they become; null when there are none.</summary>
    public JsonObject? Found { get; private set; }

    public bool IsNil { get; private set; }

    /// <summary>Reads them; the reader stays on the element.</summary>
    /// <returns>The type of the content.</returns>
    public TypeShape Read(TypeShape declared)
    {
        if (!reader.HasAttributes)
            return declared;
        IsNil = reader.GetAttribute("nil", XmlNames.Xsi)?.Trim() is "true" or "1";
        var type = Actual(declared);
        if (type != declared)
            Add(JsonNames.Type, NameOf(type, declared));
        while (reader.MoveToNextAttribute())
        {
            // Declarations, hints for validators, and marks of the envelope such as encodingStyle say nothing to a process.
            if (reader.NamespaceURI is XmlNames.Xmlns or XmlNames.Xsi || SoapNames.IsEnvelope(reader.NamespaceURI))
                continue;
            if (type is ComplexShape complex)
                Add(complex);
        }

        reader.MoveToElement();
        return type;
    }

    private void Add(ComplexShape type)
    {
        var name = new XmlQualifiedName(reader.LocalName, reader.NamespaceURI);
        if (type.Attribute(name) is not { } attribute)
        {
            Add("@" + XmlNames.Text(name), reader.Value);
            return;
        }

        try
        {
            Add(attribute.Property, ValueJson.Of(reader.Value, attribute.Type, (IXmlNamespaceResolver)reader));
        }
        catch (FormatException e)
        {
            path.Refuse($"has an attribute {name.Name} that {e.Message}", e);
        }
    }

    private void Add(string property, JsonNode? value) => (Found ??= [])[property] = value;

    // A type that the schema does not know, or that may not stand here, is the server's hint and no more.
    private TypeShape Actual(TypeShape declared)
    {
        if (reader.GetAttribute("type", XmlNames.Xsi)?.Trim() is not { Length: > 0 } text || declared.Schema is null)
            return declared;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var ns = reader.LookupNamespace(colon < 0 ? "" : text[..colon]) ?? "";
        var type = catalog.Type(new XmlQualifiedName(text[(colon + 1)..], ns));
        return
            type is not null
            && type != declared.Schema
            && XmlSchemaType.IsDerivedFrom(type, declared.Schema, XmlSchemaDerivationMethod.Empty)
            ? catalog.Of(type)
            : declared;
    }

    private string NameOf(TypeShape type, TypeShape declared) =>
        catalog.DerivedFrom(declared.Schema!).Count(candidate => candidate.QualifiedName.Name == type.Name.Name)
            + (declared.Name.Name == type.Name.Name ? 1 : 0)
        <= (type.Name.Namespace == XmlNames.Xsd ? 0 : 1)
            ? type.Name.Name
            : XmlNames.Text(type.Name);
}
