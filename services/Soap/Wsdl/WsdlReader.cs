using Integration.Http;
using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <inheritdoc cref="IWsdlReader" />
/// <param name="sources">Where documents come from; the first that reads an address is asked.</param>
/// <param name="limits">How much is read.</param>
public sealed class WsdlReader(IEnumerable<IDocumentSource> sources, WsdlLimits limits) : IWsdlReader
{
    /// <inheritdoc />
    public async Task<WsdlDescription> ReadAsync(
        Uri location,
        Authentication? authentication,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(location);
        var notices = new WsdlNotices();
        var loader = new DocumentLoader(sources, limits, authentication, notices);
        var documents = await loader.LoadAsync(location, cancellation);
        var parts = new WsdlParts(documents);
        var catalog = new SchemaCatalog(SchemaCompiler.Compile(documents, notices));
        var ports = new PortReader(parts, catalog, notices).Read();
        return ports.Count > 0
            ? new WsdlDescription(location, ports)
            {
                Notices = notices.All,
                Absent = notices.Absent is [var first, ..] ? first : null,
            }
            : throw WsdlErrors.Unusable(
                location,
                string.Join(
                    ' ',
                    notices.All.Prepend(
                        "has no port for SOAP over HTTP. Check that it is the whole WSDL, with its bindings."
                    )
                )
            );
    }
}
