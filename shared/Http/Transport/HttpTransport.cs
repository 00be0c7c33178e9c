using System.Net;
using Integration.Egress;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Http;

/// <summary>
/// The connections for outgoing HTTP, made once per configuration. Guarded, without redirects and cookies; HTTP/2 where the target
/// offers it, HTTP/1.1 otherwise; over the proxy and with the certificate that the settings name for a target.
/// </summary>
/// <remarks>
/// Redirects stay off here because the code that follows one must decide again what is sent there. The framework adds
/// <c>traceparent</c> and a span to each request while an activity is current.
/// </remarks>
public sealed class HttpTransport : IDisposable
{
    private readonly EgressPolicy _policy;
    private readonly HttpRoute[] _named;
    private readonly HttpRoute _others;
    private readonly ProxySettings? _proxy;
    private readonly HostRules _exclusions;

    /// <summary>Opens nothing yet.</summary>
    public HttpTransport(
        GuardedConnector connector,
        EgressPolicy policy,
        CertificateCheck certificates,
        HttpTransportOptions options,
        SecretMask mask,
        TimeProvider time,
        ILoggerFactory logs
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        _policy = policy;
        _proxy = ProxySettings.Of(options.Proxy, options.ProxyUserName, options.ProxyPasswordFile, mask);
        _exclusions = new HostRules(options.ProxyExclusions);
        var log = logs.CreateLogger<HttpTransport>();
        _named = [.. options.Targets.OrderBy(target => target.Key, StringComparer.Ordinal).Select(Named)];
        _others = new HttpRoute(
            new HostRules("*"),
            _proxy,
            null,
            null,
            options,
            proxy => Dialer(certificates, null, proxy)
        );

        HttpRoute Named(KeyValuePair<string, HttpTargetOptions> target)
        {
            var settings = target.Value;
            var own =
                settings.TrustedAuthorities.Length > 0 ? new CertificateCheck(settings.TrustedAuthorities, time) : null;
            var client =
                settings.ClientCertificateFile.Length > 0
                    ? new ClientCertificate(target.Key, settings, time, log)
                    : null;
            return new HttpRoute(
                new HostRules(settings.Hosts),
                ProxySettings.Of(settings.Proxy, settings.ProxyUserName, settings.ProxyPasswordFile, mask) ?? _proxy,
                own,
                client,
                options,
                proxy => Dialer(own ?? certificates, client, proxy)
            );
        }

        HttpDialer Dialer(CertificateCheck check, ClientCertificate? client, ProxySettings? proxy) =>
            new(connector, check, client, proxy, options.ConnectTimeout, time);
    }

    /// <summary>
    /// Sends a request; returns when the headers of the answer are there. Its body is still encoded: see <see cref="DecodedBody"/>.
    /// </summary>
    /// <param name="request">With an absolute address.</param>
    /// <param name="connectTimeout">For a connection that has to be opened for it: name, socket, proxy and TLS together.</param>
    /// <param name="cancellation">Ends the request at the target, too.</param>
    public Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        TimeSpan connectTimeout,
        CancellationToken cancellation
    ) => SendAsync(request, HttpVersion.Version20, connectTimeout, cancellation);

    /// <summary>The same with another highest version of HTTP.</summary>
    internal Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        Version version,
        TimeSpan connectTimeout,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Version = version;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        // A part of a packed body cannot be unpacked.
        if (!request.Headers.NonValidated.Contains("Accept-Encoding"))
            request.Headers.TryAddWithoutValidation(
                "Accept-Encoding",
                request.Headers.NonValidated.Contains("Range") ? "identity" : ContentCodings.Offered
            );
        HttpDialer.SetTimeout(request, connectTimeout);
        var target = request.RequestUri!;
        var route = Array.Find(_named, one => one.Hosts.Contain(target.Host, target.Port)) ?? _others;
        if (route.Proxy is not { } proxy || (proxy == _proxy && _exclusions.Contain(target.Host, target.Port)))
            return route.Direct.SendAsync(request, cancellation);

        if (_policy.CheckBehindProxy(target.Host, target.Port) is { } refusal)
            throw ConnectErrors.Refused(HostName.WithPort(target.Host, target.Port), refusal);
        if (target.Scheme == Uri.UriSchemeHttp && proxy.Authorization() is { } authorization)
            request.Headers.TryAddWithoutValidation("Proxy-Authorization", authorization);
        return route.Over(target).SendAsync(request, cancellation);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        foreach (var route in _named)
            route.Dispose();
        _others.Dispose();
    }
}
