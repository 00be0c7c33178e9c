using System.Globalization;

namespace Integration.Chaos.Tests;

/// <summary>How long and how hard; the short version unless the environment says otherwise.</summary>
/// <param name="Instances">Process instances of two tasks each (<c>CHAOS_INSTANCES</c>).</param>
/// <param name="Duration">For how long there is killing (<c>CHAOS_SECONDS</c>).</param>
/// <param name="Seed">Of who is killed when (<c>CHAOS_SEED</c>); printed, so that a run can be repeated.</param>
public sealed record ChaosSettings(int Instances, TimeSpan Duration, int Seed)
{
    public static ChaosSettings FromEnvironment() =>
        new(
            Number("CHAOS_INSTANCES", 500),
            TimeSpan.FromSeconds(Number("CHAOS_SECONDS", 30)),
            Number("CHAOS_SEED", Random.Shared.Next(1, 1_000_000))
        );

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
