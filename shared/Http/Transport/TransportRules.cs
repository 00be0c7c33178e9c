using Integration.Egress;

namespace Integration.Http;

/// <summary>What can be wrong with the settings of proxies and targets, reported by setting.</summary>
internal static class TransportRules
{
    public static IEnumerable<string> Check(HttpTransportOptions options)
    {
        const string Name = HttpTransportOptions.Section;
        foreach (
            var problem in Proxy(Name, options.Proxy, options.ProxyUserName, options.ProxyPasswordFile)
                .Concat(Hosts($"{Name}__{nameof(options.ProxyExclusions)}", options.ProxyExclusions))
        )
            yield return problem;
        foreach (var (name, target) in options.Targets)
        foreach (var problem in Target($"{Name}__{nameof(options.Targets)}__{name}", target))
            yield return problem;
    }

    private static IEnumerable<string> Target(string name, HttpTargetOptions target)
    {
        if (!EgressRule.Split(target.Hosts).Any())
            yield return $"{name}__Hosts: it is not said which targets this is for. Write the hosts, separated by commas.";
        foreach (
            var problem in Hosts($"{name}__Hosts", target.Hosts)
                .Concat(Proxy(name, target.Proxy, target.ProxyUserName, target.ProxyPasswordFile))
                .Concat(Files(name, target))
        )
            yield return problem;
    }

    private static IEnumerable<string> Hosts(string name, string hosts) =>
        EgressRule
            .Split(hosts)
            .Where(text => !EgressRule.TryParse(text, out _))
            .Select(text =>
                $"{name}: '{text}' is no host. Write api.example.org, *.example.org or api.example.org:443."
            );

    private static IEnumerable<string> Proxy(string name, string proxy, string user, string passwordFile)
    {
        if (proxy.Length > 0 && ProxySettings.Address(proxy) is null)
            yield return $"{name}__Proxy: '{proxy}' is no proxy. Write http://proxy.example.org:3128, without credentials.";
        if (proxy.Length == 0 && (user.Length > 0 || passwordFile.Length > 0))
            yield return $"{name}__ProxyUserName or {name}__ProxyPasswordFile is set, but {name}__Proxy is not.";
        if (user.Length > 0 != passwordFile.Length > 0)
            yield return $"{name}: set {name}__ProxyUserName and {name}__ProxyPasswordFile both, or neither of them.";
        if (user.Contains(':', StringComparison.Ordinal))
            yield return $"{name}__ProxyUserName has a colon, which ends a user name.";
        if (passwordFile.Length > 0 && !File.Exists(passwordFile))
            yield return $"{name}__ProxyPasswordFile: there is no file '{passwordFile}'.";
    }

    private static IEnumerable<string> Files(string name, HttpTargetOptions target)
    {
        var missing = new[]
        {
            (nameof(target.ClientCertificateFile), target.ClientCertificateFile),
            (nameof(target.ClientKeyFile), target.ClientKeyFile),
            (nameof(target.ClientKeyPasswordFile), target.ClientKeyPasswordFile),
            (nameof(target.TrustedAuthorities), target.TrustedAuthorities),
        }
            .Where(file => file.Item2.Length > 0 && !File.Exists(file.Item2))
            .ToList();
        foreach (var (setting, file) in missing)
            yield return $"{name}__{setting}: there is no file '{file}'.";
        if (target.ClientCertificateFile.Length == 0)
        {
            if (target.ClientKeyFile.Length > 0 || target.ClientKeyPasswordFile.Length > 0)
                yield return $"{name}__ClientCertificateFile is not set, but the key is. Name the file of the certificate.";
        }
        else if (missing.Count == 0 && ClientCertificate.Problem(target) is { } problem)
        {
            yield return $"{name}__ClientCertificateFile: {problem}";
        }
    }
}
