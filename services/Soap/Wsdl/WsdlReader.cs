using Integration.Soap.Schemas;

namespace Integration.Soap.Wsdl;

/// <inheritdoc cref="IWsdlReader" />
/// <param name="sources">Where documents come from; the first that reads an address is asked.</param>
/// <param name="limits">How much is read.</param>
public sealed class WsdlReader(IEnumerable<IDocumentSource> sources, WsdlLimits limits) : IWsdlReader
{
    /// <inheritdoc />
    public async Task<WsdlDescription> ReadAsync(Uri location, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(location);
        var documents = await new DocumentLoader(sources, limits).LoadAsync(location, cancellation);
        var parts = new WsdlParts(documents);
        var catalog = new SchemaCatalog(SchemaCompiler.Compile(documents));
        var ports = new PortReader(parts, catalog).Read();
        return ports.Count > 0
            ? new WsdlDescription(location, ports)
            : throw WsdlErrors.Unusable(
                location,
                "has no port for SOAP over HTTP. Check that it is the whole WSDL, with its services."
            );
    }
}
