using Integration.Sdk;

namespace Integration.Soap.Wsdl;

/// <summary>Where WSDL and schema documents come from: one kind of address, e.g. files.</summary>
public interface IDocumentSource
{
    /// <summary>Whether it reads this kind of address.</summary>
    bool Reads(Uri location);

    /// <summary>Opens a document; the caller disposes of it, and limits how much of it is read.</summary>
    /// <exception cref="TaskErrorException">There is no such document, or it cannot be had now.</exception>
    Task<Stream> OpenAsync(Uri location, CancellationToken cancellation);
}
