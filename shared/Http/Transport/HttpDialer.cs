using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Http;

/// <summary>
/// Opens a connection for a request: name, socket, proxy and TLS, all of them in the time that the request has for it. TLS is
/// done here and not by the framework, whose time for it is the same for all.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "client-certificate-refused",
    "The target does not accept our certificate, or wants one and got none. Nothing was done.",
    "Check Http__Targets__NAME__ClientCertificateFile, and which authorities the target trusts."
)]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "The target speaks no TLS, or none that both sides accept. Nothing was sent.",
    "Check http or https and the port."
)]
internal sealed class HttpDialer(
    GuardedConnector connector,
    CertificateCheck certificates,
    ClientCertificate? client,
    ProxySettings? proxy,
    TimeSpan timeout,
    TimeProvider time
)
{
    private static readonly HttpRequestOptionsKey<TimeSpan> _timeout = new("integration.connect-timeout");

    public static void SetTimeout(HttpRequestMessage request, TimeSpan timeout) =>
        request.Options.Set(_timeout, timeout);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        // A connection is opened for the request that first needs it, and with the patience of that request.
        var request = context.InitialRequestMessage;
        var patience = request.Options.TryGetValue(_timeout, out var asked) && asked < timeout ? asked : timeout;
        var secure = request.RequestUri!.Scheme == Uri.UriSchemeHttps;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var target = HostName.WithPort(host, port);
        using var limit = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var stream = await OpenAsync(host, port, secure, patience, both.Token);
            return secure ? await SecureAsync(stream, host, target, request.Version, both.Token) : stream;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectErrors.Timeout(target, patience, e);
        }
    }

    private async Task<Stream> OpenAsync(
        string host,
        int port,
        bool secure,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        if (proxy is null)
            return Stream(await connector.ConnectAsync(host, port, patience, cancellation));
        var stream = Stream(await connector.ConnectConfiguredAsync(proxy.Host, proxy.Port, patience, cancellation));
        if (!secure)
            return stream;
        try
        {
            await ProxyTunnel.OpenAsync(stream, proxy, HostName.WithPort(host, port), cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(
        Stream stream,
        string host,
        string target,
        Version version,
        CancellationToken cancellation
    )
    {
        var tls = new SslStream(stream);
        var concerned = client is not null;
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                // Names in TLS have no dot at their end (RFC 6066, 3).
                TargetHost = host.TrimEnd('.'),
                // A target that has refused HTTP/2 gets none again.
                ApplicationProtocols =
                    version >= HttpVersion.Version20
                        ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                        : [SslApplicationProtocol.Http11],
                RemoteCertificateValidationCallback = certificates.Verify,
                ClientCertificateContext = client?.Current(),
            };
            if (client is null)
                options.LocalCertificateSelectionCallback = NoneOf;
            await tls.AuthenticateAsClientAsync(options, cancellation);
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync();
            if (e is OperationCanceledException || CallErrors.Typed(e) is not null)
                throw;
            throw TlsAlerts.OfClientCertificate(target, e, concerned)
                ?? (TaskErrorException)
                    new ConnectivityErrorException(
                        "tls-failed",
                        $"No TLS connection to {target}. {e.GetBaseException().Message}",
                        e
                    )
                    {
                        Target = target,
                    };
        }

        // Called first for what might be shown unasked, and with the target's own certificate when it asks.
        X509Certificate NoneOf(
            object sender,
            string targetHost,
            X509CertificateCollection ours,
            X509Certificate? theirs,
            string[] authorities
        )
        {
            concerned |= theirs is not null;
            return null!;
        }
    }

    private static NetworkStream Stream(Socket socket) => new(socket, ownsSocket: true);
}
