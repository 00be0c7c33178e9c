using System.Globalization;

namespace Integration.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed record Settings(
    int Rounds = 5,
    int Tasks = 30_000,
    int Instances = 4_000,
    int WarmUp = 20_000,
    int Singles = 500,
    int Window = 256,
    string? Only = null,
    IReadOnlyList<string>? Parts = null
)
{
    public const string Help = """
        Measures this SDK against the plain RabbitMQ client and bare MassTransit, on one broker, in one run.

        Usage: dotnet run -c Release --project tests/Benchmarks -- [tasks] [processes] [rest] [options]
          tasks        task -> service -> result, every transport and journal
          processes    whole process instances with four service tasks
          rest         rest.request against a direct HttpClient call
                       (all three when none is named)
        Options:
          --rounds N   how often each contender is measured, in turn (default 5)
          --tasks N    tasks per round (default 30000)
          --instances N  process instances (default 4000)
          --only TEXT  only contenders with this in their name, and the baseline
          --quick      one small round, to see that it works
          --help       this text
        Needs the packages rabbitmq-server and postgresql. Takes about ten minutes.
        """;

    public bool Wants(string part) => Parts is null || Parts.Count == 0 || Parts.Contains(part, StringComparer.Ordinal);

    public static Settings Parse(string[] args)
    {
        var settings = new Settings();
        var parts = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            settings = args[i] switch
            {
                "--rounds" => settings with { Rounds = Number(args, ref i) },
                "--tasks" => settings with { Tasks = Number(args, ref i) },
                "--instances" => settings with { Instances = Number(args, ref i) },
                "--only" => settings with { Only = Text(args, ref i) },
                "--quick" => settings with { Rounds = 1, Tasks = 2_000, Instances = 400, WarmUp = 500, Singles = 100 },
                "tasks" or "processes" or "rest" => Add(settings, parts, args[i]),
                _ => throw new ArgumentException($"Unknown argument '{args[i]}'; --help lists what there is."),
            };
        }

        return settings with
        {
            Parts = parts,
        };
    }

    private static Settings Add(Settings settings, List<string> parts, string part)
    {
        parts.Add(part);
        return settings;
    }

    private static string Text(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");

    private static int Number(string[] args, ref int i)
    {
        var name = args[i];
        return
            int.TryParse(Text(args, ref i), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? number
            : throw new ArgumentException($"{name} needs a whole number above 0.");
    }
}
