using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;
using Integration.Soap.Addressing;

namespace Integration.Soap.Security;

/// <summary>
/// An X.509 signature over parts of a message: RSA with SHA-256, exclusive canonical XML, the certificate beside it. Source: Web
/// Services Security X.509 Certificate Token Profile 1.1, section 3.
/// </summary>
/// <param name="Certificate">Of the signer.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Parts">What is signed.</param>
internal sealed record MessageSignature(X509Certificate2 Certificate, RSA Key, SignedParts Parts)
{
    private const string Ds = SignedXml.XmlDsigNamespaceUrl;

    /// <summary>Writes the certificate, which the signature refers to.</summary>
    public async Task WriteTokenAsync(XmlWriter writer)
    {
        await writer.WriteStartElementAsync("wsse", "BinarySecurityToken", SecurityNames.Extension);
        await writer.WriteAttributeStringAsync(null, "EncodingType", null, SecurityNames.Base64);
        await writer.WriteAttributeStringAsync(null, "ValueType", null, SecurityNames.X509);
        await writer.WriteAttributeStringAsync("wsu", "Id", SecurityNames.Utility, PartIds.Certificate);
        await writer.WriteStringAsync(Convert.ToBase64String(Certificate.RawData));
        await writer.WriteEndElementAsync();
    }

    /// <summary>Signs the message and puts the signature at the end of its security header.</summary>
    public void Sign(XmlDocument message)
    {
        var signature = Add(
            message.GetElementsByTagName("Security", SecurityNames.Extension)[0]!,
            "ds",
            "Signature",
            Ds
        );
        signature.SetAttribute("xmlns:ds", Ds);
        var info = Add(signature, "ds", "SignedInfo", Ds);
        Add(info, "ds", "CanonicalizationMethod", Ds).SetAttribute("Algorithm", SignedXml.XmlDsigExcC14NTransformUrl);
        Add(info, "ds", "SignatureMethod", Ds).SetAttribute("Algorithm", SignedXml.XmlDsigRSASHA256Url);
        foreach (var id in PartIds.Of(Parts))
        {
            if (Find(message, id) is { } part)
                AddReference(info, id, SHA256.HashData(CanonicalXml.Of(part)));
        }

        Add(signature, "ds", "SignatureValue", Ds).InnerText = Convert.ToBase64String(
            Key.SignData(CanonicalXml.Of(info), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
        var token = Add(
            Add(Add(signature, "ds", "KeyInfo", Ds), "wsse", "SecurityTokenReference", SecurityNames.Extension),
            "wsse",
            "Reference",
            SecurityNames.Extension
        );
        token.SetAttribute("URI", $"#{PartIds.Certificate}");
        token.SetAttribute("ValueType", SecurityNames.X509);
    }

    private static void AddReference(XmlElement info, string id, byte[] digest)
    {
        var reference = Add(info, "ds", "Reference", Ds);
        reference.SetAttribute("URI", $"#{id}");
        Add(Add(reference, "ds", "Transforms", Ds), "ds", "Transform", Ds)
            .SetAttribute("Algorithm", SignedXml.XmlDsigExcC14NTransformUrl);
        Add(reference, "ds", "DigestMethod", Ds).SetAttribute("Algorithm", SignedXml.XmlDsigSHA256Url);
        Add(reference, "ds", "DigestValue", Ds).InnerText = Convert.ToBase64String(digest);
    }

    private static XmlElement Add(XmlNode parent, string prefix, string name, string ns) =>
        (XmlElement)parent.AppendChild(parent.OwnerDocument!.CreateElement(prefix, name, ns))!;

    // Where we put it: an element with such an Id that a task sends cannot take the place of what is signed.
    private static XmlElement? Find(XmlDocument message, string id)
    {
        var parts = Children(message.DocumentElement!).ToList();
        var headers = parts.Where(part => part.LocalName == "Header").SelectMany(Children).ToList();
        var candidates = id switch
        {
            PartIds.Body => parts.Where(part => part.LocalName == "Body"),
            PartIds.Timestamp or PartIds.UserName => Children(
                headers.First(block => block.NamespaceURI == SecurityNames.Extension)
            ),
            _ => headers.Where(block => block.NamespaceURI == AddressingHeaders.Namespace),
        };
        return candidates.FirstOrDefault(element => element.GetAttribute("Id", SecurityNames.Utility) == id);
    }

    private static IEnumerable<XmlElement> Children(XmlElement element) => element.ChildNodes.OfType<XmlElement>();
}
