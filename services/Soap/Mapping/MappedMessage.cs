using System.Xml;
using Integration.Contracts;
using Integration.Files;

namespace Integration.Soap.Mapping;

/// <summary>A message that fits its schema and waits to be written, any number of times.</summary>
public abstract class MappedMessage
{
    /// <summary>Whether there are headers.</summary>
    public abstract bool HasHeaders { get; }

    /// <summary>The files that are streamed into it when it is written.</summary>
    public abstract IReadOnlyList<FileReference> Files { get; }

    /// <summary>Writes the entries of the envelope's header.</summary>
    /// <param name="writer">Asynchronous, inside the <c>Header</c> element.</param>
    /// <param name="files">Where the content of <see cref="Files"/> is.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public abstract Task WriteHeadersAsync(XmlWriter writer, IFileStores files, CancellationToken cancellation);

    /// <summary>Writes the content of the envelope's body. Files are encoded while they are read.</summary>
    /// <param name="writer">Asynchronous, inside the <c>Body</c> element.</param>
    /// <param name="files">Where the content of <see cref="Files"/> is.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public abstract Task WriteBodyAsync(XmlWriter writer, IFileStores files, CancellationToken cancellation);
}
