using System.Net;
using Integration.Egress;

namespace Integration.Http;

/// <summary>
/// The connections for targets that are treated alike: our certificate, whom we trust, the proxy. Each kind of connection has a
/// pool of its own, so that none is used for a call that would have opened it otherwise.
/// </summary>
internal sealed class HttpRoute : IDisposable
{
    private readonly HttpTransportOptions _options;
    private readonly CertificateCheck? _own;
    private readonly ClientCertificate? _client;
    private readonly Lazy<HttpMessageInvoker> _direct;
    private readonly Lazy<HttpMessageInvoker> _tunnel;
    private readonly Lazy<HttpMessageInvoker> _forward;

    /// <param name="hosts">The targets.</param>
    /// <param name="proxy">Null for none.</param>
    /// <param name="own">Disposed with the route; null when all targets share one.</param>
    /// <param name="client">Disposed with the route; null for none.</param>
    /// <param name="options">Timeouts.</param>
    /// <param name="dial">Makes what opens connections, directly or over the proxy.</param>
    public HttpRoute(
        HostRules hosts,
        ProxySettings? proxy,
        CertificateCheck? own,
        ClientCertificate? client,
        HttpTransportOptions options,
        Func<ProxySettings?, HttpDialer> dial
    )
    {
        Hosts = hosts;
        Proxy = proxy;
        _own = own;
        _client = client;
        _options = options;
        _direct = new Lazy<HttpMessageInvoker>(() => Invoker(dial(null), forward: null));
        _tunnel = new Lazy<HttpMessageInvoker>(() => Invoker(dial(proxy), forward: null));
        _forward = new Lazy<HttpMessageInvoker>(() => Invoker(dial(proxy), forward: proxy));
    }

    public HostRules Hosts { get; }

    public ProxySettings? Proxy { get; }

    public HttpMessageInvoker Direct => _direct.Value;

    /// <summary>
    /// Over the proxy: a tunnel for https, so that the proxy sees nothing; http is handed to it, as many proxies allow tunnels
    /// to the port of https only.
    /// </summary>
    public HttpMessageInvoker Over(Uri target) => target.Scheme == Uri.UriSchemeHttps ? _tunnel.Value : _forward.Value;

    public void Dispose()
    {
        foreach (var one in new[] { _direct, _tunnel, _forward })
        {
            if (one.IsValueCreated)
                one.Value.Dispose();
        }

        _own?.Dispose();
        _client?.Dispose();
    }

    private HttpMessageInvoker Invoker(HttpDialer dialer, ProxySettings? forward) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = dialer.ConnectAsync,
                // The dialer keeps the time and reports what took it; this is for what it may have overlooked.
                ConnectTimeout = _options.ConnectTimeout + TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = _options.ConnectionLifetime,
                PooledConnectionIdleTimeout = _options.ConnectionIdleTimeout,
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = forward is not null,
                Proxy = forward,
                // DecodedBody does it: the framework takes the start of a packed body for the whole.
                AutomaticDecompression = DecompressionMethods.None,
                EnableMultipleHttp2Connections = true,
                // One that died in silence, with a firewall between that forgot it, would be used until its lifetime ends.
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                KeepAlivePingDelay = _options.PingDelay,
                KeepAlivePingTimeout = _options.PingTimeout,
            },
            disposeHandler: true
        );
}
