using System.Collections.Concurrent;
using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Servers;

/// <summary>The servers of the configuration, by name.</summary>
internal sealed class LdapServers(IOptions<LdapOptions> options, SecretMask mask)
{
    private readonly ConcurrentDictionary<string, LdapServer> _servers = new(StringComparer.OrdinalIgnoreCase);

    public LdapServer Find(string name)
    {
        var servers = options.Value.Servers;
        if (servers.TryGetValue(name, out var server))
            return _servers.GetOrAdd(name, key => new LdapServer(key, server, mask));
        var known = servers.Count == 0 ? "None is configured" : $"There are: {string.Join(", ", servers.Keys.Order())}";
        throw InvalidInput.At("server", $"names '{name}', which this service does not have. {known} (Ldap__Servers).");
    }
}
