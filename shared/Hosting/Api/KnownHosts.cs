using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>
/// The names under which a service may be called. A page whose author has its name point to 127.0.0.1 (DNS rebinding) is of the same
/// origin as this service to a browser; only the name in <c>Host</c> distinguishes it from a user of ours.
/// </summary>
internal sealed class KnownHosts(IOptions<ApiOptions> options, IConfiguration configuration, IServer server)
{
    private readonly Lazy<HashSet<string>> _names = new(() => Read(options.Value, configuration, server));

    public bool Knows(HostString host) =>
        _names.Value.Contains("*") || (host.HasValue && _names.Value.Contains(Plain(host.Host)));

    // Read with the first request: only then it is known what is bound.
    private static HashSet<string> Read(ApiOptions options, IConfiguration configuration, IServer server)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
        foreach (var host in options.HostList)
            names.Add(Plain(Uri.CheckHostName(host) == UriHostNameType.IPv6 && host[0] != '[' ? $"[{host}]" : host));
        var urls = configuration[WebHostDefaults.ServerUrlsKey]?.Split(';') ?? [];
        foreach (var url in urls.Concat(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []))
        {
            // "http://+:8080" is no URI, and every interface is no name.
            if (
                Uri.TryCreate(url.Trim(), UriKind.Absolute, out var bound)
                && bound.Host is not ("0.0.0.0" or "[::]" or "*")
            )
                names.Add(Plain(bound.Host));
        }

        return names;
    }

    // "localhost." is the same name, fully qualified.
    private static string Plain(string host) => host.EndsWith('.') ? host[..^1] : host;
}
