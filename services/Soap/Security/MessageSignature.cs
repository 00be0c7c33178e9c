using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

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
        var signed = new MessageSigning(message) { SigningKey = Key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        foreach (var id in PartIds.Of(Parts).Where(id => Find(message, id) is not null))
        {
            var reference = new Reference($"#{id}") { DigestMethod = SignedXml.XmlDsigSHA256Url };
            reference.AddTransform(new XmlDsigExcC14NTransform());
            signed.AddReference(reference);
        }

        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoNode(TokenReference(message)));
        signed.ComputeSignature();
        var header = message.GetElementsByTagName("Security", SecurityNames.Extension)[0]!;
        header.AppendChild(message.ImportNode(signed.GetXml(), deep: true));
    }

    private static XmlElement TokenReference(XmlDocument message)
    {
        var holder = message.CreateElement("wsse", "SecurityTokenReference", SecurityNames.Extension);
        var reference = message.CreateElement("wsse", "Reference", SecurityNames.Extension);
        reference.SetAttribute("URI", $"#{PartIds.Certificate}");
        reference.SetAttribute("ValueType", SecurityNames.X509);
        holder.AppendChild(reference);
        return holder;
    }

    /// <summary>Finds what is signed by its <c>wsu:Id</c>, outside of the body only: what a task sends cannot take its place.</summary>
    private static XmlElement? Find(XmlDocument message, string id)
    {
        var parts = Children(message.DocumentElement!).ToList();
        var headers = parts.Where(part => part.LocalName == "Header").SelectMany(Children).ToList();
        var tokens = headers.Where(block => block.NamespaceURI == SecurityNames.Extension).SelectMany(Children);
        return parts
            .Concat(headers)
            .Concat(tokens)
            .FirstOrDefault(element => element.GetAttribute("Id", SecurityNames.Utility) == id);
    }

    private static IEnumerable<XmlElement> Children(XmlElement element) => element.ChildNodes.OfType<XmlElement>();

    private sealed class MessageSigning(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            document is null ? null : Find(document, idValue);
    }
}
