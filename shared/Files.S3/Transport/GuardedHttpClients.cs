using System.Net.Sockets;
using Amazon.Runtime;
using Integration.Egress;

namespace Integration.Files.S3;

/// <summary>The HTTP of the AWS SDK: one pool of connections, guarded, without redirects, cookies and proxies.</summary>
internal sealed class GuardedHttpClients : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client;

    public GuardedHttpClients(GuardedConnector connector, CertificateCheck certificates, S3Options options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var target = context.DnsEndPoint;
                var socket = await connector.ConnectAsync(
                    target.Host,
                    target.Port,
                    options.ConnectTimeout,
                    cancellation
                );
                return new NetworkStream(socket, ownsSocket: true);
            },
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = certificates.Verify },
        };
        // Each call has its own timeout.
        _client = new HttpClient(new CompatibleRequests(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();
}
