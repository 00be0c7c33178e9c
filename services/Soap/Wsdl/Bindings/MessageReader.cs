using System.Xml;
using System.Xml.Linq;
using Integration.Soap.Mapping;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <summary>Reads how a message stands in envelope: body and headers.</summary>
internal sealed class MessageReader(WsdlParts parts, SchemaCatalog catalog, XNamespace soap, OperationStyle style)
{
    /// <param name="abstractly">Input or output of the port type.</param>
    /// <param name="bound">The same of the binding.</param>
    /// <param name="wrapper">What an rpc message is wrapped in.</param>
    /// <exception cref="UnsupportedException">Names what is not supported.</exception>
    public MessageShape Read(XElement abstractly, XElement? bound, string wrapper)
    {
        if (bound?.Descendants(WsdlNames.Mime + "multipartRelated").Any() == true)
            throw new UnsupportedException("it sends attachments (mime:multipartRelated), which are not supported.");
        var body = bound?.Element(soap + "body");
        if (body?.Value("use") == "encoded")
            throw new UnsupportedException(
                $"it is {Style}/encoded, which is not supported; only literal messages are."
            );
        var message = abstractly.Value("message") ?? "";
        var all = parts.Message(abstractly, message);
        var headers = bound?.Elements(soap + "header").ToList() ?? [];
        var own = BodyParts(all, body, abstractly, message, headers);
        return new MessageShape(
            style == OperationStyle.Rpc ? Wrapper(own, body, wrapper) : Document(own),
            style == OperationStyle.Rpc,
            [.. headers.Select(Header)]
        );
    }

    private string Style => style == OperationStyle.Rpc ? "rpc" : "document";

    private List<WsdlPart> BodyParts(
        IReadOnlyList<WsdlPart> all,
        XElement? body,
        XElement abstractly,
        string message,
        List<XElement> headers
    )
    {
        if (body?.Value("parts") is { } named)
        {
            var names = named.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return [.. all.Where(part => names.Contains(part.Name))];
        }

        // Without a list every part is the body's, but for those that are headers.
        var own = WsdlNames.Qualified(abstractly, message);
        var inHeaders = headers
            .Where(header => WsdlNames.Qualified(header, header.Value("message") ?? "").Name == own.Name)
            .Select(header => header.Value("part"))
            .ToHashSet();
        return [.. all.Where(part => !inHeaders.Contains(part.Name))];
    }

    private ElementShape? Document(List<WsdlPart> own)
    {
        switch (own)
        {
            case []:
                return null;
            case [{ Element: { } element }]:
                return Element(element);
            case [{ Type: not null } part]:
                throw new UnsupportedException(
                    $"its document/literal part '{part.Name}' has a type instead of an element, which is not supported."
                );
            default:
                throw new UnsupportedException("its document/literal body has several parts, which is not supported.");
        }
    }

    private ElementShape Wrapper(List<WsdlPart> own, XElement? body, string name)
    {
        var children = own.Select(Part).ToList();
        var (content, properties) = ContentBuilder.Parts(children);
        var type = new ComplexShape(null, [], properties, content);
        return new ElementShape(new XmlQualifiedName(name, body?.Value("namespace") ?? ""), false, false, () => type);
    }

    private ElementShape Part(WsdlPart part)
    {
        if (part.Type is null)
        {
            throw new UnsupportedException(
                $"its rpc/literal part '{part.Name}' has an element instead of a type, which is not supported."
            );
        }

        var type =
            catalog.Type(part.Type)
            ?? throw new UnsupportedException(
                $"the schema has no type {XmlNames.Text(part.Type)} for '{part.Name}'.{catalog.WhyAbsent("type", part.Type)}"
            );
        return new ElementShape(new XmlQualifiedName(part.Name), false, false, () => catalog.Of(type));
    }

    private ElementShape Header(XElement header)
    {
        if (header.Value("use") == "encoded")
            throw new UnsupportedException("it has an encoded header, which is not supported; only literal ones are.");
        var name = header.Value("part") ?? "";
        var part = parts
            .Message(header, header.Value("message") ?? "")
            .FirstOrDefault(candidate => candidate.Name == name);
        return part?.Element is { } element
            ? Element(element)
            : throw new UnsupportedException($"its header '{name}' is no element, which is not supported.");
    }

    private ElementShape Element(XmlQualifiedName name) =>
        catalog.Element(name)
        ?? throw new UnsupportedException(
            $"the schema has no element {XmlNames.Text(name)}, which its message needs.{catalog.WhyAbsent("element", name)}"
        );
}
