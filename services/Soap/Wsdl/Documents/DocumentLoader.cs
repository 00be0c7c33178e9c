using System.Net.Sockets;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Integration.Errors;
using Integration.Http;
using Integration.Xml;

namespace Integration.Soap.Wsdl;

/// <summary>
/// Fetches a WSDL and all that it refers to, each document once, within the limits. What it refers to in vain is noted: the
/// operations that need it are refused, and no others.
/// </summary>
/// <param name="sources">The first that reads an address is asked.</param>
/// <param name="limits">How much is read.</param>
/// <param name="authentication">For the origin of the WSDL.</param>
/// <param name="notices">Takes what was not read.</param>
internal sealed class DocumentLoader(
    IEnumerable<IDocumentSource> sources,
    WsdlLimits limits,
    Authentication? authentication,
    WsdlNotices notices
)
{
    private readonly List<LoadedDocument> _documents = [];
    private readonly HashSet<string> _seen = [];
    private readonly Queue<DocumentReference> _open = [];
    private string _origin = "";
    private long _bytes;

    /// <summary>The first one is the one that was asked for.</summary>
    public async Task<IReadOnlyList<LoadedDocument>> LoadAsync(Uri location, CancellationToken cancellation)
    {
        _origin = Origin(location);
        Enqueue(new DocumentReference(location, By: null, IsWellKnown: false));
        while (_open.TryDequeue(out var next))
        {
            if (_documents.Count == limits.MaxDocuments)
            {
                throw WsdlErrors.Unusable(
                    location,
                    $"refers to more than {limits.MaxDocuments} documents. Put what is needed into one of your own."
                );
            }

            if (await TryFetchAsync(next, cancellation) is not { } document)
                continue;
            _documents.Add(document);
            foreach (var reference in References(document))
                Enqueue(reference);
        }

        return _documents;
    }

    /// <summary>An address without its fragment, which identifies a document.</summary>
    public static Uri Plain(Uri location) =>
        new(location.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped));

    private void Enqueue(DocumentReference reference)
    {
        var plain = Plain(reference.Location);
        if (_seen.Add(plain.AbsoluteUri))
            _open.Enqueue(reference with { Location = plain });
    }

    private async Task<LoadedDocument?> TryFetchAsync(DocumentReference reference, CancellationToken cancellation)
    {
        LoadedDocument document;
        try
        {
            document = await FetchAsync(reference, cancellation);
        }
        // What may pass is tried again, with the whole WSDL; what this service brings along need not be fetched.
        catch (TaskErrorException e) when (reference.By is not null && (!Passes(e) || reference.IsWellKnown))
        {
            if (!reference.IsWellKnown)
                notices.AddAbsent(e.Message);
            return null;
        }

        if (_bytes > limits.MaxTotalBytes)
            throw WsdlErrors.Unusable(
                reference.Location,
                $"and those before it are larger than {limits.MaxTotalBytes} bytes. Put what is needed into one of your own."
            );
        return document;
    }

    // A host that the name service does not know is mostly one of the network where the WSDL was made.
    private static bool Passes(TaskErrorException e) =>
        e.Retryable
        && e.GetBaseException()
            is not SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

    private async Task<LoadedDocument> FetchAsync(DocumentReference reference, CancellationToken cancellation)
    {
        var (location, by, _) = reference;
        // A document from the network must not make this process read files.
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
        var proof = Origin(location) == _origin ? authentication : null;
        var opened = await source.OpenAsync(location, proof, cancellation);
        await using (opened.Content)
            await CopyAsync(opened.Content, content, location, cancellation);
        return new LoadedDocument(location, Plain(opened.Location), Parse(content, location));
    }

    private async Task CopyAsync(Stream from, MemoryStream to, Uri location, CancellationToken cancellation)
    {
        var block = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(block, cancellation)) > 0)
        {
            _bytes += read;
            if (to.Length + read > limits.MaxDocumentBytes)
                throw WsdlErrors.TooLarge(location, limits.MaxDocumentBytes);
            to.Write(block, 0, read);
        }
    }

    private static XElement Parse(MemoryStream content, Uri location)
    {
        if (HtmlPage.Is(content.GetBuffer().AsSpan(0, (int)content.Length)))
            throw HtmlPage.Error(location, content.GetBuffer().AsSpan(0, (int)content.Length));
        try
        {
            content.Position = 0;
            return ForeignXml.Load(content, LoadOptions.SetLineInfo, passesOverDocumentType: true);
        }
        catch (XmlException e)
        {
            throw WsdlErrors.Unusable(location, $"is no XML that can be used: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw WsdlErrors.Unusable(
                location,
                $"has bytes that do not fit its encoding, which its declaration names, or which is UTF-8: {e.Message}",
                e
            );
        }
    }

    private IEnumerable<DocumentReference> References(LoadedDocument document)
    {
        foreach (var element in document.Root.DescendantsAndSelf())
        {
            var isImport = element.Name == WsdlNames.Xsd + "import";
            var ns = isImport ? element.Value("namespace") : null;
            var text =
                element.Name == WsdlNames.Wsdl + "import" ? element.Value("location")
                : isImport && !WellKnownSchemas.Has(ns) ? element.Value("schemaLocation")
                : element.Name == WsdlNames.Xsd + "include" || element.Name == WsdlNames.Xsd + "redefine"
                    ? element.Value("schemaLocation")
                : null;
            if (text is not { Length: > 0 })
                continue;
            if (!Uri.TryCreate(document.Location, text, out var location))
                notices.AddAbsent($"{document.Location} refers to '{text}', which is no address.");
            else if (!WellKnownSchemas.NeedNotBeFetched(ns, location))
                yield return new DocumentReference(location, document.Location, WellKnownSchemas.Knows(ns));
        }
    }

    private static string Origin(Uri location) => location.GetLeftPart(UriPartial.Authority);

    /// <summary>A document that another one names.</summary>
    /// <param name="Location">Absolute.</param>
    /// <param name="By">Who names it; null for the WSDL itself.</param>
    /// <param name="IsWellKnown">Whether there is a schema of our own for its namespace.</param>
    private sealed record DocumentReference(Uri Location, Uri? By, bool IsWellKnown);
}
