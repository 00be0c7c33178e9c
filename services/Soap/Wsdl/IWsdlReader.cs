using Integration.Sdk;

namespace Integration.Soap.Wsdl;

/// <summary>Reads WSDL 1.1 with everything that it imports and includes.</summary>
public interface IWsdlReader
{
    /// <summary>
    /// Reads the document and those that it refers to, and compiles their schemas. Costs time and memory once; what
    /// comes back is immutable and serves any number of calls at once. Nothing is cached here.
    /// </summary>
    /// <param name="location">Absolute: <c>file:</c>, or what a further <see cref="IDocumentSource"/> reads.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DataErrorException">
    /// Code <c>wsdl-unusable</c>: a document is malformed, has a DTD, is too large, or its schemas do not compile.
    /// </exception>
    /// <exception cref="TaskErrorException">What an <see cref="IDocumentSource"/> throws, unchanged.</exception>
    Task<WsdlDescription> ReadAsync(Uri location, CancellationToken cancellation);
}
