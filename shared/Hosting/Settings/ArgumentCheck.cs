using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary>
/// Holds a command line against the settings that a service has: a misspelt one would otherwise do nothing, and the service would
/// start without it.
/// </summary>
public static class ArgumentCheck
{
    // What the host itself takes.
    private static readonly string[] _host =
    [
        "Urls",
        "Environment",
        "ApplicationName",
        "ContentRoot",
        "WebRoot",
        "AllowedHosts",
        "HTTP_PORTS",
        "HTTPS_PORTS",
        "ShutdownTimeoutSeconds",
        "Logging",
        "Kestrel",
    ];

    /// <summary>What is wrong with the settings in a command line, with the way out; null when nothing is.</summary>
    /// <param name="args">As the configuration reads them: <c>--Section__Name=value</c>, or the value as the next argument.</param>
    /// <param name="services">Those of the service, which knows its sections.</param>
    public static string? Problem(IReadOnlyList<string> args, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(args);
        var sections = services.GetServices<SettingsSection>().ToList();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, hasValue) = args[i].IndexOf('=', StringComparison.Ordinal) is var at and >= 0
                ? (args[i][..at], true)
                : (args[i], false);
            var isOption = name.StartsWith("--", StringComparison.Ordinal) || name.StartsWith('/');
            if (!isOption && !hasValue)
                return $"'{args[i]}' is no option. {WayOut(services)}";
            var key = SettingArguments.Key(name.TrimStart('-', '/'));
            if (Unknown(key, sections) is { } problem)
                return $"There is no option '{name}'{problem}. {WayOut(services)}";
            if (hasValue)
                continue;
            if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                return $"'{name}' has no value. Write {name}=VALUE.";
            i++;
        }

        return null;
    }

    // Empty where the first part of the name is unknown already; null when all of it is known.
    private static string? Unknown(string key, List<SettingsSection> sections)
    {
        var parts = key.Split(':');
        if (_host.Contains(parts[0], StringComparer.OrdinalIgnoreCase) || IsTelemetry(key))
            return null;
        var below = sections.Where(section => IsBelow(section.Name.Split(':'), parts)).ToList();
        if (below.Count == 0)
            return "";
        var settings = below.SelectMany(SettingDescription.Of).ToList();
        if (settings.Any(setting => Fits(setting.Name.Split("__"), parts)))
            return null;
        var names = settings.Select(setting => setting.Name).Distinct();
        return $"; '{parts[0]}' has {string.Join(", ", names.Take(40))}";
    }

    private static bool IsTelemetry(string key) => key.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    private static bool IsBelow(string[] section, string[] parts) =>
        section.Zip(parts).All(pair => pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    // NAME and 0 stand for any name and number; what a setting holds further down only its own type knows.
    private static bool Fits(string[] setting, string[] parts) =>
        setting
            .Zip(parts)
            .All(pair =>
                pair.First is "NAME" or "0" || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)
            );

    private static string WayOut(IServiceProvider services)
    {
        var arguments = services
            .GetServices<CommandLineArgument>()
            .Select(argument => argument.Name.Split(' ')[0])
            .Distinct(StringComparer.Ordinal);
        string[] all = ["--help", "--version", "--health-check", .. arguments, "--urls=…", "--Section__Name=…"];
        return $"Options are {string.Join(", ", all)}; --help lists every setting.";
    }
}
