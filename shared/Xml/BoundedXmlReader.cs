using System.Xml;
using System.Xml.Schema;

namespace Integration.Xml;

/// <summary>A reader that refuses what is nested too deeply or has too many attributes, when it gets there.</summary>
internal sealed class BoundedXmlReader(XmlReader inner) : XmlReader, IXmlLineInfo, IXmlNamespaceResolver
{
    private readonly int[] _attributes = new int[ForeignXml.MaxDepth];
    private int _open;
    private int _inScope;

    public override XmlReaderSettings? Settings => inner.Settings;
    public override int AttributeCount => inner.AttributeCount;
    public override string BaseURI => inner.BaseURI;
    public override int Depth => inner.Depth;
    public override bool EOF => inner.EOF;
    public override bool IsEmptyElement => inner.IsEmptyElement;
    public override bool IsDefault => inner.IsDefault;
    public override string LocalName => inner.LocalName;
    public override string Name => inner.Name;
    public override string NamespaceURI => inner.NamespaceURI;
    public override XmlNameTable NameTable => inner.NameTable;
    public override XmlNodeType NodeType => inner.NodeType;
    public override string Prefix => inner.Prefix;
    public override char QuoteChar => inner.QuoteChar;
    public override ReadState ReadState => inner.ReadState;
    public override IXmlSchemaInfo? SchemaInfo => inner.SchemaInfo;
    public override string Value => inner.Value;
    public override string XmlLang => inner.XmlLang;
    public override XmlSpace XmlSpace => inner.XmlSpace;
    public override bool HasValue => inner.HasValue;
    public override bool CanReadBinaryContent => inner.CanReadBinaryContent;
    public override bool CanReadValueChunk => inner.CanReadValueChunk;
    public override bool CanResolveEntity => false;

    public int LineNumber => (inner as IXmlLineInfo)?.LineNumber ?? 0;
    public int LinePosition => (inner as IXmlLineInfo)?.LinePosition ?? 0;

    public bool HasLineInfo() => (inner as IXmlLineInfo)?.HasLineInfo() ?? false;

    public IDictionary<string, string> GetNamespacesInScope(XmlNamespaceScope scope) =>
        ((IXmlNamespaceResolver)inner).GetNamespacesInScope(scope);

    public string? LookupPrefix(string namespaceName) => ((IXmlNamespaceResolver)inner).LookupPrefix(namespaceName);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool Read()
    {
        try
        {
            return Checked(inner.Read());
        }
        catch (XmlException e) when (IsForProgrammers(e))
        {
            throw ForUsers(e);
        }
    }

    public override async Task<bool> ReadAsync()
    {
        try
        {
            return Checked(await inner.ReadAsync().ConfigureAwait(false));
        }
        catch (XmlException e) when (IsForProgrammers(e))
        {
            throw ForUsers(e);
        }
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override void MoveToAttribute(int i) => inner.MoveToAttribute(i);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    public override Task<string> GetValueAsync() => inner.GetValueAsync();

    public override int ReadValueChunk(char[] buffer, int index, int count) =>
        inner.ReadValueChunk(buffer, index, count);

    public override Task<int> ReadValueChunkAsync(char[] buffer, int index, int count) =>
        inner.ReadValueChunkAsync(buffer, index, count);

    // These go on to what follows the element.
    public override int ReadContentAsBase64(byte[] buffer, int index, int count) =>
        Checked(inner.ReadContentAsBase64(buffer, index, count));

    public override int ReadContentAsBinHex(byte[] buffer, int index, int count) =>
        Checked(inner.ReadContentAsBinHex(buffer, index, count));

    public override int ReadElementContentAsBase64(byte[] buffer, int index, int count) =>
        Checked(inner.ReadElementContentAsBase64(buffer, index, count));

    public override int ReadElementContentAsBinHex(byte[] buffer, int index, int count) =>
        Checked(inner.ReadElementContentAsBinHex(buffer, index, count));

    public override async Task<int> ReadContentAsBase64Async(byte[] buffer, int index, int count) =>
        Checked(await inner.ReadContentAsBase64Async(buffer, index, count).ConfigureAwait(false));

    public override async Task<int> ReadContentAsBinHexAsync(byte[] buffer, int index, int count) =>
        Checked(await inner.ReadContentAsBinHexAsync(buffer, index, count).ConfigureAwait(false));

    public override async Task<int> ReadElementContentAsBase64Async(byte[] buffer, int index, int count) =>
        Checked(await inner.ReadElementContentAsBase64Async(buffer, index, count).ConfigureAwait(false));

    public override async Task<int> ReadElementContentAsBinHexAsync(byte[] buffer, int index, int count) =>
        Checked(await inner.ReadElementContentAsBinHexAsync(buffer, index, count).ConfigureAwait(false));

    public override void Close() => inner.Close();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private T Checked<T>(T read)
    {
        if (inner.NodeType == XmlNodeType.Element)
            CheckElement(inner.Depth);
        return read;
    }

    private void CheckElement(int depth)
    {
        if (depth >= ForeignXml.MaxDepth)
            throw TooMuch($"It is nested more than {ForeignXml.MaxDepth} elements deep");
        // Elements that have ended since are no longer around this one.
        while (_open > depth)
            _inScope -= _attributes[--_open];
        while (_open < depth)
            _attributes[_open++] = 0;
        _attributes[_open++] = inner.AttributeCount;
        _inScope += inner.AttributeCount;
        if (_inScope > ForeignXml.MaxAttributesInScope)
            throw TooMuch(
                $"An element and those around it have more than {ForeignXml.MaxAttributesInScope} attributes and namespace declarations"
            );
    }

    // Two refusals of the framework name the property of the reader to set. That is of no use to the author of the document.
    private static bool IsForProgrammers(XmlException e) =>
        e.Message.Contains(nameof(DtdProcessing), StringComparison.Ordinal)
        || e.Message.Contains(nameof(XmlReaderSettings.MaxCharactersInDocument), StringComparison.Ordinal);

    private static XmlException ForUsers(XmlException e) =>
        new(
            e.Message.Contains(nameof(DtdProcessing), StringComparison.Ordinal)
                ? "It has a document type (<!DOCTYPE …>), which is not taken. Leave it out."
                : "It is longer than the limit.",
            e,
            e.LineNumber,
            e.LinePosition
        );

    private XmlException TooMuch(string what) =>
        new($"{what}, at '{Short(inner.Name)}'.", innerException: null, LineNumber, LinePosition);

    private static string Short(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
