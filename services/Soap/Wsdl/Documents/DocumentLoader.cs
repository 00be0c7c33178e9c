using System.Xml;
using System.Xml.Linq;
using Integration.Xml;

namespace Integration.Soap.Wsdl;

/// <summary>Fetches a WSDL and all that it refers to, each document once, within the limits.</summary>
internal sealed class DocumentLoader(IEnumerable<IDocumentSource> sources, WsdlLimits limits)
{
    private readonly List<LoadedDocument> _documents = [];
    private readonly HashSet<string> _seen = [];
    private readonly Queue<(Uri Location, Uri? By)> _open = [];
    private long _bytes;

    /// <summary>The first one is the one that was asked for.</summary>
    public async Task<IReadOnlyList<LoadedDocument>> LoadAsync(Uri location, CancellationToken cancellation)
    {
        Enqueue(location, by: null);
        while (_open.TryDequeue(out var next))
        {
            if (_documents.Count == limits.MaxDocuments)
            {
                throw WsdlErrors.Unusable(
                    location,
                    $"refers to more than {limits.MaxDocuments} documents. Put what is needed into one of your own."
                );
            }

            var document = await FetchAsync(next.Location, next.By, cancellation);
            _documents.Add(document);
            foreach (var reference in References(document))
                Enqueue(reference, document.Location);
        }

        return _documents;
    }

    private void Enqueue(Uri location, Uri? by)
    {
        var plain = new Uri(
            location.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped)
        );
        if (_seen.Add(plain.AbsoluteUri))
            _open.Enqueue((plain, by));
    }

    private async Task<LoadedDocument> FetchAsync(Uri location, Uri? by, CancellationToken cancellation)
    {
        // Somebody else's document must not make this process read files.
        if (location.IsFile && by is { IsFile: false })
            throw WsdlErrors.Unusable(by, $"refers to the file {location}, which a document from elsewhere may not.");
        var source =
            sources.FirstOrDefault(candidate => candidate.Reads(location))
            ?? throw WsdlErrors.Unusable(
                by ?? location,
                by is null
                    ? "is no address that can be read."
                    : $"refers to {location}, which cannot be read from here."
            );
        using var content = new MemoryStream();
        await using (var stream = await source.OpenAsync(location, cancellation))
            await CopyAsync(stream, content, location, cancellation);
        return new LoadedDocument(location, Parse(content, location));
    }

    private async Task CopyAsync(Stream from, MemoryStream to, Uri location, CancellationToken cancellation)
    {
        var block = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(block, cancellation)) > 0)
        {
            _bytes += read;
            if (to.Length + read > limits.MaxDocumentBytes)
                throw WsdlErrors.Unusable(location, $"is larger than {limits.MaxDocumentBytes} bytes.");
            if (_bytes > limits.MaxTotalBytes)
                throw WsdlErrors.Unusable(
                    location,
                    $"and those before it are larger than {limits.MaxTotalBytes} bytes."
                );
            to.Write(block, 0, read);
        }
    }

    private static XElement Parse(MemoryStream content, Uri location)
    {
        try
        {
            content.Position = 0;
            return ForeignXml.Load(content, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw WsdlErrors.Unusable(location, $"is no XML that can be used: {e.Message}", e);
        }
    }

    private static IEnumerable<Uri> References(LoadedDocument document)
    {
        foreach (var element in document.Root.DescendantsAndSelf())
        {
            var text =
                element.Name == WsdlNames.Wsdl + "import" ? element.Value("location")
                : element.Name == WsdlNames.Xsd + "import" && !WellKnownSchemas.Has(element.Value("namespace"))
                    ? element.Value("schemaLocation")
                : element.Name == WsdlNames.Xsd + "include" || element.Name == WsdlNames.Xsd + "redefine"
                    ? element.Value("schemaLocation")
                : null;
            if (text is not { Length: > 0 })
                continue;
            yield return Uri.TryCreate(document.Location, text, out var location)
                ? location
                : throw WsdlErrors.Unusable(document.Location, $"refers to '{text}', which is no address.");
        }
    }
}
