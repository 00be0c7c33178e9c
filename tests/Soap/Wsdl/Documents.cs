using System.Net.Sockets;
using System.Text;
using Integration.Errors;
using Integration.Http;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Tests.Wsdl;

/// <summary>Documents by address, as a web server would have them; what was asked for is kept.</summary>
internal sealed class Documents : IDocumentSource
{
    private readonly Dictionary<string, byte[]> _content = [];

    public List<string> Opened { get; } = [];

    public Documents With(string location, string content) => With(location, Encoding.UTF8.GetBytes(content));

    public Documents With(string location, byte[] content)
    {
        _content[location] = content;
        return this;
    }

    public bool Reads(Uri location) => location.Scheme is "http" or "https";

    public Task<OpenedDocument> OpenAsync(Uri location, Authentication? authentication, CancellationToken cancellation)
    {
        Opened.Add(location.AbsoluteUri);
        if (location.Host == "gone.example.org")
            throw new ConnectivityErrorException(
                "wsdl-unavailable",
                $"The host '{location.Host}' is not known to the name service.",
                new SocketException((int)SocketError.HostNotFound)
            );
        return _content.TryGetValue(location.AbsoluteUri, out var content)
            ? Task.FromResult(new OpenedDocument(new MemoryStream(content), location))
            : throw WsdlErrors.Unusable(location, "is not there.");
    }

    public Task<WsdlDescription> ReadAsync(string location = "http://test/a.wsdl", WsdlLimits? limits = null) =>
        new WsdlReader([this, new FileDocuments()], limits ?? new WsdlLimits()).ReadAsync(
            new Uri(location),
            null,
            default
        );
}
