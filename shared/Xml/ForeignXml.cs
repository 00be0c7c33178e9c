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

    // Declarations name encodings such as windows-1252, which the framework knows only when it is told to.
    static ForeignXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Opens a document, or a fragment when the settings say so, for reading forward.</summary>
    /// <param name="content">Decoded by its byte order mark or its declaration.</param>
    /// <param name="settings">From <see cref="Settings"/>; null for those.</param>
    public static XmlReader Open(Stream content, XmlReaderSettings? settings = null) =>
        new BoundedXmlReader(XmlReader.Create(content, settings ?? Settings()));

    /// <summary>The same for text that is decoded already.</summary>
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
    /// <param name="content">Decoded by its byte order mark or its declaration.</param>
    /// <param name="options">Whether to keep blanks and lines.</param>
    /// <param name="passesOverDocumentType">
    /// Whether a document type may be there. It is not looked at: nothing that it names is fetched, and its entities are not known.
    /// The default value is false: it is refused.
    /// </param>
    public static XElement Load(Stream content, LoadOptions options, bool passesOverDocumentType = false)
    {
        var settings = DocumentSettings(0);
        if (passesOverDocumentType)
            settings.DtdProcessing = DtdProcessing.Ignore;
        using var reader = Open(content, settings);
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
