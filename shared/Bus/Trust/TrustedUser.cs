namespace Integration.Bus;

/// <summary>What one user of the broker may speak for. One entry of the trust file.</summary>
public sealed record TrustedUser
{
    /// <summary>Every operation, in the place of a prefix.</summary>
    public const string Everything = "*";

    /// <summary>Prefixes of the operations that it executes, e.g. <c>rest.</c>.</summary>
    public IReadOnlyList<string> Operations { get; set; } = [];

    /// <summary>Names of the engines that it is: what stands in <c>replyTo</c>.</summary>
    public IReadOnlyList<string> Engines { get; set; } = [];

    /// <summary>Prefixes of the operations that it may ask for; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Asks { get; set; } = [];

    /// <summary>It may be the default engine, which gets what comes from outside and names none. The default value is false.</summary>
    public bool Default { get; set; }

    /// <summary>It is error treatment: it passes on for others what it has checked. The default value is false.</summary>
    public bool Treatment { get; set; }

    internal bool Executes(string? operation) => Covers(Operations, operation);

    internal bool MayAsk(string? operation) => Covers(Asks, operation);

    internal bool Is(string? engine) => engine is not null && IndexOf(Engines, engine) >= 0;

    private static bool Covers(IReadOnlyList<string> prefixes, string? operation)
    {
        // By index, as asking for every task must allocate nothing.
        for (var i = 0; i < prefixes.Count; i++)
        {
            if (prefixes[i] == Everything || (operation?.StartsWith(prefixes[i], StringComparison.Ordinal) ?? false))
                return true;
        }

        return false;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
