using System.Xml;
using Integration.Contracts;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>A piece of a message that waits to be checked and written.</summary>
/// <param name="path">Where it comes from.</param>
internal abstract class MessageNode(JsonPath path)
{
    public JsonPath Path { get; } = path;
}

/// <summary>An element with what is in it: text, a file, or other nodes.</summary>
internal sealed class ElementNode(XmlQualifiedName name, TypeShape type, JsonPath path) : MessageNode(path)
{
    public XmlQualifiedName Name { get; } = name;

    /// <summary>The type that its content has, which is another than the declared one when it says so.</summary>
    public TypeShape Type { get; } = type;

    public XmlQualifiedName? DeclaredType { get; set; }

    public bool IsNil { get; set; }

    public List<AttributeNode>? Attributes { get; set; }

    public string? Text { get; set; }

    public FileReference? File { get; set; }

    public List<MessageNode> Children { get; } = [];
}

/// <summary>An attribute.</summary>
internal readonly record struct AttributeNode(XmlQualifiedName Name, string Text, JsonPath Path);

/// <summary>XML as the input gives it: elements of a wildcard, or text with elements in it. Known to be well-formed.</summary>
internal sealed class XmlNode(string xml, JsonPath path) : MessageNode(path)
{
    public string Xml { get; } = xml;
}
