using System.Xml;
using Integration.Contracts;
using Integration.Files;

namespace Integration.Soap.Mapping;

/// <summary>The elements of a message, mapped and checked.</summary>
internal sealed class CheckedMessage(
    ElementNode? body,
    IReadOnlyList<ElementNode> headers,
    Prefixes prefixes,
    IReadOnlyList<FileReference> files
) : MappedMessage
{
    public override bool HasHeaders => headers.Count > 0;

    public override IReadOnlyList<FileReference> Files { get; } = files;

    public override async Task WriteHeadersAsync(XmlWriter writer, IFileStores files, CancellationToken cancellation)
    {
        foreach (var header in headers)
            await new MessageWriter(writer, prefixes, files, cancellation).WriteRootAsync(header);
    }

    public override async Task WriteBodyAsync(XmlWriter writer, IFileStores files, CancellationToken cancellation)
    {
        if (body is not null)
            await new MessageWriter(writer, prefixes, files, cancellation).WriteRootAsync(body);
    }
}
