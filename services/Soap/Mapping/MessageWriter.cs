using System.Buffers;
using System.Xml;
using Integration.Contracts;
using Integration.Files;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Writes a checked message. Files are encoded block by block while they are read.</summary>
internal sealed class MessageWriter(
    XmlWriter writer,
    Prefixes prefixes,
    IFileStores files,
    CancellationToken cancellation
)
{
    // A multiple of three, so that a block of base64 needs no remainder.
    private const int BlockBytes = 48 * 1024;

    /// <summary>Writes an outermost element, with the declarations of all prefixes.</summary>
    public Task WriteRootAsync(ElementNode element) => WriteAsync(element, isRoot: true);

    private async Task WriteAsync(ElementNode element, bool isRoot)
    {
        cancellation.ThrowIfCancellationRequested();
        var ns = element.Name.Namespace;
        await writer.WriteStartElementAsync(prefixes.Of(ns), element.Name.Name, ns);
        if (isRoot)
            await DeclareAsync(ns);
        if (element.DeclaredType is not null)
            await writer.WriteAttributeStringAsync("xsi", "type", XmlNames.Xsi, prefixes.Text(element.DeclaredType));
        if (element.IsNil)
            await writer.WriteAttributeStringAsync("xsi", "nil", XmlNames.Xsi, "true");
        foreach (var attribute in element.Attributes ?? [])
        {
            var name = attribute.Name;
            var prefix = name.Namespace.Length == 0 ? null : prefixes.Of(name.Namespace);
            await writer.WriteAttributeStringAsync(prefix, name.Name, name.Namespace, attribute.Text);
        }

        if (element.File is not null)
            await WriteFileAsync(element.File);
        else if (element.Text is not null)
            await writer.WriteStringAsync(element.Text);
        foreach (var child in element.Children)
        {
            if (child is ElementNode node)
                await WriteAsync(node, isRoot: false);
            else
                await WriteXmlAsync((XmlNode)child);
        }

        await writer.WriteEndElementAsync();
    }

    private async Task DeclareAsync(string own)
    {
        foreach (var (ns, prefix) in prefixes.ByNamespace)
        {
            if (ns != own)
                await writer.WriteAttributeStringAsync("xmlns", prefix, XmlNames.Xmlns, ns);
        }
    }

    private async Task WriteXmlAsync(XmlNode node)
    {
        using var reader = XmlText.Open(node.Xml);
        await reader.ReadAsync();
        while (!reader.EOF)
            await writer.WriteNodeAsync(reader, defattr: false);
    }

    private async Task WriteFileAsync(FileReference file)
    {
        await using var content = await files.OpenReadAsync(file, cancellation);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int read;
            while (
                (read = await content.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, false, cancellation))
                > 0
            )
                await writer.WriteBase64Async(block, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
