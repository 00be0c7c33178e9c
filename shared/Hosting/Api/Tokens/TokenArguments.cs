using System.Globalization;

namespace Integration.Hosting;

/// <summary>The command line behind <c>token</c>.</summary>
/// <param name="Action"><c>new</c>, <c>list</c> or <c>revoke</c>.</param>
/// <param name="Name">Of the token; empty for <c>list</c>.</param>
/// <param name="Role">Of a new one.</param>
/// <param name="Lifetime">Of a new one; null for no end.</param>
/// <param name="Settings">What is left: settings of the service.</param>
internal sealed record TokenArguments(
    string Action,
    string Name,
    ApiRole Role,
    TimeSpan? Lifetime,
    IReadOnlyList<string> Settings
)
{
    /// <summary>What counts when <c>--expires</c> is not given.</summary>
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(90);

    private const string Usage =
        "Write 'token new NAME --role viewer|operator|administrator [--expires 90d|12h|never]', 'token list' or "
        + "'token revoke NAME'.";

    private static readonly TimeSpan _longest = TimeSpan.FromDays(3650);

    /// <summary>Reads it, or says what is wrong with it.</summary>
    public static (TokenArguments? Arguments, string? Problem) Parse(IReadOnlyList<string> args)
    {
        var (words, options, settings) = Sort(args);
        var action = words.Count > 0 ? words[0] : "";
        if (action is not ("new" or "list" or "revoke"))
            return (null, $"{(action.Length == 0 ? "What is to be done" : $"'{action}'")} is not known. {Usage}");
        if (words.Count != (action == "list" ? 1 : 2))
            return (null, $"'token {action}' takes {(action == "list" ? "no name" : "one name")}. {Usage}");
        if (options.Count > 0 && action != "new")
            return (null, $"'token {action}' takes no {options.Keys.First()}. {Usage}");
        var name = action == "list" ? "" : words[1];
        if (action != "new")
            return (new TokenArguments(action, name, default, null, settings), null);
        if (TokenName.Wrong(name) is { } wrong)
            return (null, wrong);
        if (ApiRoles.Find(options.GetValueOrDefault("--role")) is not { } role)
            return (null, $"--role is missing or unknown; use one of {string.Join(", ", ApiRoles.Names)}. {Usage}");
        return ReadLifetime(options.GetValueOrDefault("--expires"), out var lifetime)
            ? (new TokenArguments(action, name, role, lifetime, settings), null)
            : (
                null,
                $"--expires is '{options["--expires"]}'; use days or hours up to ten years, e.g. 90d or 12h, or never."
            );
    }

    private static (List<string> Words, Dictionary<string, string> Options, List<string> Settings) Sort(
        IReadOnlyList<string> args
    )
    {
        List<string> words = [];
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        List<string> settings = [];
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            if (name is "--role" or "--expires")
                options[name] = value ?? (i + 1 < args.Count ? args[++i] : "");
            else if (name.StartsWith('-') || value is not null)
            {
                settings.Add(args[i]);
                // The host takes a value as the next argument, too.
                if (value is null && i + 1 < args.Count)
                    settings.Add(args[++i]);
            }
            else
                words.Add(args[i]);
        }

        return (words, options, settings);
    }

    private static bool ReadLifetime(string? text, out TimeSpan? lifetime)
    {
        lifetime = UsualLifetime;
        if (text is null)
            return true;
        if (text == "never")
        {
            lifetime = null;
            return true;
        }

        if (
            text.Length < 2
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > 100_000
        )
            return false;
        lifetime = text[^1] switch
        {
            'd' => TimeSpan.FromDays(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
        return lifetime <= _longest;
    }
}
