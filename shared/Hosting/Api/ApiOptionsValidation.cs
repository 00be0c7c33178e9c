using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>Names a wrong setting of the section <c>Api</c>, and the way out.</summary>
internal sealed class ApiOptionsValidation : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> failures =
        [
            .. options
                .HostList.Where(host => !IsHost(host))
                .Select(host =>
                    $"Api:Hosts has '{host}'; write names or addresses without scheme and port, e.g. process-core or [fd00::1], "
                    + "joined by commas."
                ),
            .. options
                .OriginList.Where(origin => WebOrigin.Of(origin) is null)
                .Select(origin =>
                    $"Api:Origins has '{origin}'; write scheme, name and port without a path, e.g. https://integration.example, "
                    + "joined by commas."
                ),
        ];
        if (options.BodyTimeout < TimeSpan.FromMilliseconds(100) || options.BodyTimeout > TimeSpan.FromHours(1))
            failures.Add(
                $"Api:BodyTimeout is {options.BodyTimeout}; it may be 100 milliseconds to one hour, e.g. 00:00:30."
            );
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsHost(string host) =>
        host == "*" || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
