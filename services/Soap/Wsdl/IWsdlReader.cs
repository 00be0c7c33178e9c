using Integration.Errors;
using Integration.Http;

namespace Integration.Soap.Wsdl;

/// <summary>Reads WSDL 1.1 with everything that it imports and includes.</summary>
public interface IWsdlReader
{
    /// <summary>
    /// Reads the document and those that it refers to, and compiles their schemas. Costs time and memory once; what
    /// comes back is immutable and serves any number of calls at once. Nothing is cached here.
    /// </summary>
    /// <remarks>
    /// One flaw does not make the whole WSDL unusable: what means nothing is passed over with a notice, and what is broken
    /// refuses the operations that need it.
    /// </remarks>
    /// <param name="location">Absolute: <c>file:</c>, or what a further <see cref="IDocumentSource"/> reads.</param>
    /// <param name="authentication">
    /// How to authenticate with the server of the WSDL, also for what is imported from the same origin; null for not at all.
    /// </param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="DataErrorException">
    /// Code <c>wsdl-unusable</c>: it is no WSDL, is malformed or too large, or has no port for SOAP.
    /// </exception>
    /// <exception cref="TaskErrorException">
    /// What an <see cref="IDocumentSource"/> throws about the WSDL itself, and about what it refers to when that may pass.
    /// </exception>
    Task<WsdlDescription> ReadAsync(Uri location, Authentication? authentication, CancellationToken cancellation);
}
