using System.Net;
using System.Net.Sockets;
using Integration.Egress;

namespace Integration.Http;

/// <summary>
/// One pool of connections for outgoing HTTP, made once per configuration. Guarded, without redirects, cookies and
/// proxies; HTTP/2 where the target offers it, HTTP/1.1 otherwise.
/// </summary>
/// <remarks>
/// Redirects stay off because an operation that wants to follow one must decide again what it sends there. The framework
/// adds <c>traceparent</c> and a span to each request while an activity is current.
/// </remarks>
public sealed class HttpTransport : IDisposable
{
    private static readonly HttpRequestOptionsKey<TimeSpan> _connectTimeout = new("integration.connect-timeout");

    private readonly GuardedConnector _connector;
    private readonly HttpTransportOptions _options;
    private readonly CertificateCheck _certificates;
    private readonly HttpMessageInvoker _client;

    /// <summary>Opens nothing yet.</summary>
    public HttpTransport(GuardedConnector connector, CertificateCheck certificates, HttpTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connector = connector;
        _options = options;
        _certificates = certificates;
        _client = new HttpMessageInvoker(Handler(), disposeHandler: true);
    }

    /// <summary>Sends a request; returns when the headers of the answer are there.</summary>
    /// <param name="request">With an absolute address.</param>
    /// <param name="connectTimeout">For a connection that has to be opened for it.</param>
    /// <param name="cancellation">Ends the request at the target, too.</param>
    public Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        TimeSpan connectTimeout,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        request.Options.Set(_connectTimeout, connectTimeout);
        return _client.SendAsync(request, cancellation);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _client.Dispose();

    private SocketsHttpHandler Handler() =>
        new()
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionLifetime = _options.ConnectionLifetime,
            PooledConnectionIdleTimeout = _options.ConnectionIdleTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            EnableMultipleHttp2Connections = true,
            SslOptions = { RemoteCertificateValidationCallback = _certificates.Verify },
        };

    // A connection is opened for the request that first needs it, and with the patience of that request.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var timeout = context.InitialRequestMessage.Options.TryGetValue(_connectTimeout, out var asked)
            ? asked
            : _options.ConnectTimeout;
        var target = context.DnsEndPoint;
        var socket = await _connector.ConnectAsync(target.Host, target.Port, timeout, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
