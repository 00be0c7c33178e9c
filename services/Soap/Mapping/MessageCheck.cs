using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Has the framework's own validator look at a whole message before it is sent: content models, identity constraints, wildcards.
/// What it finds is reported with the place in the inputs.
/// </summary>
internal sealed class MessageCheck : IXmlNamespaceResolver
{
    private readonly XmlSchemaValidator _validator;
    private readonly Prefixes _prefixes;
    private readonly InputProblems _problems;
    private readonly XmlSchemaInfo _info = new();
    private JsonPath _path;
    private XmlReader? _fragment;

    private MessageCheck(XmlSchemaSet schemas, Prefixes prefixes, InputProblems problems, JsonPath path)
    {
        _prefixes = prefixes;
        _problems = problems;
        _path = path;
        _validator = new XmlSchemaValidator(
            new NameTable(),
            schemas,
            this,
            XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.AllowXmlAttributes
        );
        _validator.ValidationEventHandler += (_, e) =>
        {
            if (e.Severity == XmlSeverityType.Error)
                _problems.Add(
                    _path,
                    _path.HoldsSecrets ? "does not fit the schema." : $"does not fit the schema: {e.Message}"
                );
        };
    }

    /// <summary>Checks an element of the schema; or, when no schema declares it, each element in it by its type.</summary>
    public static void Run(XmlSchemaSet schemas, ElementNode element, Prefixes prefixes, InputProblems problems)
    {
        var check = new MessageCheck(schemas, prefixes, problems, element.Path);
        if (element.Type.Schema is not null)
        {
            check._validator.Initialize();
            check.Element(element);
            check._validator.EndValidation();
            return;
        }

        foreach (var part in element.Children.OfType<ElementNode>())
        {
            check = new MessageCheck(schemas, prefixes, problems, part.Path);
            check._validator.Initialize(part.Type.Schema!);
            check.Element(part);
            check._validator.EndValidation();
        }
    }

    public IDictionary<string, string> GetNamespacesInScope(XmlNamespaceScope scope) =>
        _prefixes.GetNamespacesInScope(scope);

    public string? LookupNamespace(string prefix) =>
        _fragment is null ? _prefixes.LookupNamespace(prefix) : _fragment.LookupNamespace(prefix);

    public string? LookupPrefix(string namespaceName) => _prefixes.LookupPrefix(namespaceName);

    private void Element(ElementNode element)
    {
        _path = element.Path;
        _validator.ValidateElement(
            element.Name.Name,
            element.Name.Namespace,
            _info,
            element.DeclaredType is null ? null : _prefixes.Text(element.DeclaredType),
            element.IsNil ? "true" : null,
            null,
            null
        );
        foreach (var attribute in element.Attributes ?? [])
        {
            _path = attribute.Path;
            _validator.ValidateAttribute(attribute.Name.Name, attribute.Name.Namespace, attribute.Text, _info);
        }

        _path = element.Path;
        _validator.ValidateEndOfAttributes(_info);
        if (element.File is not null || IsLongNumber(element))
        {
            // Both are checked already: a file by its size, since its content is not here, and a number by its digits.
            _validator.SkipToEndElement(_info);
            return;
        }

        if (element.Text is { Length: > 0 } text)
            _validator.ValidateText(text);
        foreach (var child in element.Children)
        {
            if (child is ElementNode node)
                Element(node);
            else
                Fragment((XmlNode)child);
        }

        _path = element.Path;
        _validator.ValidateEndElement(_info);
    }

    private static bool IsLongNumber(ElementNode element) =>
        element.Text is { } text
        && (element.Type as SimpleShape ?? (element.Type as ComplexShape)?.Text)?.IsLongNumber(text) == true;

    private void Fragment(XmlNode node)
    {
        _path = node.Path;
        using var reader = XmlText.Open(node.Xml);
        _fragment = reader;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = reader.IsEmptyElement;
                    StartOf(reader);
                    if (isEmpty)
                        _validator.ValidateEndElement(_info);
                    break;
                case XmlNodeType.EndElement:
                    _validator.ValidateEndElement(_info);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    _validator.ValidateText(reader.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    _validator.ValidateWhitespace(reader.Value);
                    break;
            }
        }

        _fragment = null;
    }

    private void StartOf(XmlReader reader)
    {
        _validator.ValidateElement(
            reader.LocalName,
            reader.NamespaceURI,
            _info,
            reader.GetAttribute("type", XmlNames.Xsi),
            reader.GetAttribute("nil", XmlNames.Xsi),
            null,
            null
        );
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI is not (XmlNames.Xmlns or XmlNames.Xsi))
                _validator.ValidateAttribute(reader.LocalName, reader.NamespaceURI, reader.Value, _info);
        }

        reader.MoveToElement();
        _validator.ValidateEndOfAttributes(_info);
    }
}
