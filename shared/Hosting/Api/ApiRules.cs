namespace Integration.Hosting;

/// <summary>Name a wrong setting of the section <c>Api</c>, and the way out.</summary>
internal static class ApiRules
{
    public static IEnumerable<string> Broken(ApiOptions options) =>
        [
            .. options
                .HostList.Where(host => !IsHost(host))
                .Select(host =>
                    $"Api__Hosts has '{host}'; write names or addresses without scheme and port, e.g. process-core or [fd00::1], "
                    + "joined by commas."
                ),
            .. options
                .OriginList.Where(origin => WebOrigin.Of(origin) is null)
                .Select(origin =>
                    $"Api__Origins has '{origin}'; write scheme, name and port without a path, e.g. https://integration.example, "
                    + "joined by commas."
                ),
            .. options.Tokens.SelectMany(token => Wrong(token.Key, token.Value)),
            .. options
                .Tokens.GroupBy(token => token.Value.Hash, StringComparer.Ordinal)
                .Where(same => same.Key.Length > 0 && same.Skip(1).Any())
                .Select(same =>
                    $"Api__Tokens__{string.Join(" and Api__Tokens__", same.Select(token => token.Key))} have the same hash; give each "
                    + "caller a token of its own."
                ),
            .. options.BodyTimeout < TimeSpan.FromMilliseconds(100) || options.BodyTimeout > TimeSpan.FromHours(1)
                ? (string[])
                    [
                        $"Api__BodyTimeout is {options.BodyTimeout}; it may be 100 milliseconds to one hour, e.g. 00:00:30.",
                    ]
                : [],
        ];

    private static IEnumerable<string> Wrong(string name, ConfiguredToken token)
    {
        if (TokenName.Wrong(name) is { } wrong)
            yield return $"Api__Tokens: {wrong}";
        if (ApiTokenText.LooksLikeOne(token.Hash))
            yield return $"Api__Tokens__{name}__Hash is a token itself; write its SHA-256 in hex, and replace the token, which is no secret any more.";
        else if (!ApiTokenText.IsHash(token.Hash))
            yield return $"Api__Tokens__{name}__Hash is no SHA-256 of a token; write {ApiTokenText.HashLength} digits and letters a to f, as "
                + "deploy/tokens.sh prints them.";
        if (ApiRoles.Find(token.Role) is null)
            yield return $"Api__Tokens__{name}__Role is '{token.Role}'; use one of {string.Join(", ", ApiRoles.Names)}.";
    }

    private static bool IsHost(string host) =>
        host == "*" || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
