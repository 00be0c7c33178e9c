using Integration.Standalone.Running;

namespace Integration.Standalone;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    /// <summary>Plays the operator too and ends when the sample processes have ended.</summary>
    public bool Once { get; private set; }

    public bool Help { get; private set; }

    /// <summary>Shows what the services log.</summary>
    public bool Verbose { get; private set; }

    /// <summary>The first of the ports; 0 takes free ones.</summary>
    public int? Port { get; private set; }

    /// <summary>Where the databases are kept.</summary>
    public string? Data { get; private set; }

    /// <summary>A process core that runs already; with it and the next two nothing but the sample systems runs here.</summary>
    public Place? Core { get; private set; }

    /// <summary>Error treatment that runs already.</summary>
    public Place? Treatment { get; private set; }

    /// <summary>Where services that run already call the sample systems.</summary>
    public Place? Systems { get; private set; }

    /// <summary>Reads the command line, or says what is wrong with it.</summary>
    public static (Arguments? Arguments, string? Problem) Parse(IReadOnlyList<string> args)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            if (name is "--port" or "--data" && value is null && i + 1 < args.Count)
                value = args[++i];
            if (read.Take(name, value) is { } problem)
                return (null, problem);
        }

        return (read.Core, read.Treatment, read.Systems) is (null, null, null) or ({ }, { }, { })
            ? (read, null)
            : (null, "--core, --treatment and --systems go together.");
    }

    private string? Take(string name, string? value)
    {
        switch (name, value)
        {
            case ("--once", null):
                Once = true;
                return null;
            case ("--help" or "-h", null):
                Help = true;
                return null;
            case ("--verbose", null):
                Verbose = true;
                return null;
            case ("--port", _) when int.TryParse(value, out var port) && port is 0 or >= 1024 and <= Ports.LargestFirst:
                Port = port;
                return null;
            case ("--port", _):
                return $"--port needs a number from 1024 to {Ports.LargestFirst}, or 0 for free ports.";
            case ("--core", _) when PlaceOf(value, "CORE_TOKEN") is { } core:
                Core = core;
                return null;
            case ("--treatment", _) when PlaceOf(value, "TREATMENT_TOKEN") is { } treatment:
                Treatment = treatment;
                return null;
            case ("--systems", _) when PlaceOf(value, token: null) is { } systems:
                Systems = systems;
                return null;
            case ("--core" or "--treatment" or "--systems", _):
                return $"{name} needs an address, e.g. {name}=http://127.0.0.1:5100, and may have a second one for people behind a comma.";
            case ("--data", { Length: > 0 }):
                Data = value;
                return null;
            case ("--data", _):
                return "--data needs a folder.";
            default:
                return $"There is no argument {name}{(value is null ? "" : $"={value}")}.";
        }
    }

    private static Place? PlaceOf(string? value, string? token)
    {
        var addresses = (value ?? "").Split(',');
        if (addresses.Length > 2 || Read(addresses[0]) is not { } called)
            return null;
        var shown = addresses.Length == 2 ? Read(addresses[1]) : null;
        if (addresses.Length == 2 && shown is null)
            return null;
        return new Place(called, shown, token is null ? null : Environment.GetEnvironmentVariable(token));

        static Uri? Read(string address) =>
            Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri : null;
    }
}
