using System.Security.Cryptography.Xml;
using System.Xml;

namespace Integration.Soap.Security;

/// <summary>
/// An element in the form in which it is signed (Exclusive XML Canonicalization 1.0, without comments).
/// </summary>
/// <remarks>
/// The framework's own <c>SignedXml</c> writes an element down and parses it again, and loses carriage returns on the way: what it
/// signs is then not what is sent.
/// </remarks>
internal static class CanonicalXml
{
    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    public static byte[] Of(XmlElement element)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)document.ImportNode(element, deep: true);
        document.AppendChild(copy);
        Declare(copy, element);
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(document);
        using var canonical = (Stream)transform.GetOutput(typeof(Stream));
        using var bytes = new MemoryStream();
        canonical.CopyTo(bytes);
        return bytes.ToArray();
    }

    // The prefixes that are declared further out.
    private static void Declare(XmlElement copy, XmlElement element)
    {
        for (var outer = element.ParentNode as XmlElement; outer is not null; outer = outer.ParentNode as XmlElement)
        {
            foreach (XmlAttribute attribute in outer.Attributes)
            {
                if (attribute.NamespaceURI == Declarations && !copy.HasAttribute(attribute.Name))
                    copy.SetAttributeNode((XmlAttribute)copy.OwnerDocument.ImportNode(attribute, deep: true));
            }
        }
    }
}
