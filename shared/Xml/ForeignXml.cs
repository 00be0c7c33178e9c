using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Integration.Xml;

/// <summary>
/// The one way in which XML of others is read: no document type, hence no entities of its own; nothing is fetched; and limits that
/// keep the cost of whatever is done with it linear in its size.
/// </summary>
public static class ForeignXml
{
    /// <summary>
    /// Deepest nesting of elements. What is made of XML calls itself for each level, or looks at what is around for each element.
    /// </summary>
    public const int MaxDepth = 128;

    /// <summary>
    /// Most attributes, declarations of namespaces included, of an element and all those around it. A prefix is looked for among
    /// them, once for each name.
    /// </summary>
    public const int MaxAttributesInScope = 1000;

    /// <summary>
    /// Opens a document for reading forward. Bytes that do not fit its character set are never replaced: reading them fails with a
    /// <see cref="DecoderFallbackException"/>.
    /// </summary>
    /// <param name="content">Decoded by its byte order mark, else by <paramref name="told"/>, else by its declaration, else as utf-8.</param>
    /// <param name="told">
    /// The character set that is named beside it, e.g. in a header; from <see cref="Charsets.Get"/>. The default value is null: none.
    /// </param>
    /// <param name="settings">From <see cref="Settings"/>; null for those.</param>
    public static XmlReader Open(Stream content, Encoding? told = null, XmlReaderSettings? settings = null) =>
        Open(new XmlBytes(content, told), settings);

    /// <summary>Opens text that is decoded already; a fragment when the settings say so.</summary>
    /// <param name="content">What its declaration says of the encoding does not count.</param>
    /// <param name="settings">From <see cref="Settings"/>; null for those.</param>
    /// <param name="context">Prefixes that are declared further out.</param>
    public static XmlReader Open(
        TextReader content,
        XmlReaderSettings? settings = null,
        XmlParserContext? context = null
    ) => new BoundedXmlReader(XmlReader.Create(content, settings ?? Settings(), context));

    /// <summary>A whole document in memory.</summary>
    /// <param name="content">Decoded.</param>
    /// <param name="options">Whether to keep blanks and lines.</param>
    /// <param name="maxCharacters">Longest document in characters; 0 for any.</param>
    /// <exception cref="XmlException">It is no XML, has a document type, or exceeds a limit; the message says where.</exception>
    public static XElement Load(TextReader content, LoadOptions options, long maxCharacters = 0)
    {
        using var reader = Open(content, DocumentSettings(maxCharacters));
        return XDocument.Load(reader, options).Root!;
    }

    /// <summary>The same, from bytes.</summary>
    /// <param name="content">Decoded by its byte order mark, otherwise by its declaration, otherwise as utf-8.</param>
    /// <param name="options">Whether to keep blanks and lines.</param>
    /// <param name="passesOverDocumentType">
    /// Whether a document type may be there. It is not looked at: nothing that it names is fetched, and its entities are not known.
    /// The default value is false: it is refused.
    /// </param>
    /// <exception cref="XmlException">As above, or it declares an encoding that is not known.</exception>
    /// <exception cref="DecoderFallbackException">It has bytes that do not fit its character set.</exception>
    public static XElement Load(Stream content, LoadOptions options, bool passesOverDocumentType = false)
    {
        var settings = DocumentSettings(0);
        if (passesOverDocumentType)
            settings.DtdProcessing = DtdProcessing.Ignore;
        using var reader = Open(content, settings: settings);
        return XDocument.Load(reader, options).Root!;
    }

    /// <summary>For reading forward: without comments and processing instructions.</summary>
    /// <param name="maxCharacters">Longest document in characters; 0 for any, when the bytes are limited already.</param>
    public static XmlReaderSettings Settings(long maxCharacters = 0) =>
        new()
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
        };

    // With comments: text on both sides of one that is left out is joined anew for each, at the cost of all that is joined so far.
    private static XmlReaderSettings DocumentSettings(long maxCharacters)
    {
        var settings = Settings(maxCharacters);
        settings.IgnoreComments = false;
        settings.IgnoreProcessingInstructions = false;
        return settings;
    }
}
