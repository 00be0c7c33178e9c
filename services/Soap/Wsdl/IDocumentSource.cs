using Integration.Errors;
using Integration.Http;

namespace Integration.Soap.Wsdl;

/// <summary>Where WSDL and schema documents come from: one kind of address, e.g. files.</summary>
public interface IDocumentSource
{
    /// <summary>Whether it reads this kind of address.</summary>
    bool Reads(Uri location);

    /// <summary>Opens a document; the caller disposes of its content, and limits how much of it is read.</summary>
    /// <param name="location">Absolute.</param>
    /// <param name="authentication">How to authenticate with the server; null for not at all.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="TaskErrorException">There is no such document, or it cannot be had now.</exception>
    Task<OpenedDocument> OpenAsync(Uri location, Authentication? authentication, CancellationToken cancellation);
}
