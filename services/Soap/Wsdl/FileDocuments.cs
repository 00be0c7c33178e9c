using Integration.Http;

namespace Integration.Soap.Wsdl;

/// <summary>Documents in files.</summary>
public sealed class FileDocuments : IDocumentSource
{
    private const int BufferBytes = 16 * 1024;

    /// <inheritdoc />
    public bool Reads(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.IsFile && !location.IsUnc;
    }

    /// <inheritdoc />
    public Task<OpenedDocument> OpenAsync(Uri location, Authentication? authentication, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(location);
        var path = location.LocalPath;
        try
        {
            return Task.FromResult(
                new OpenedDocument(
                    new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true),
                    location
                )
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = File.Exists(path) ? "cannot be read by this process." : "does not exist.";
            throw WsdlErrors.Unusable(location, problem, e);
        }
    }
}
