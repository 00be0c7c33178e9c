namespace Integration.Bus;

/// <summary>What one user of the broker may speak for. One entry of the trust file.</summary>
public sealed record TrustedUser
{
    /// <summary>Every operation, in the place of a prefix.</summary>
    public const string Everything = "*";

    /// <summary>Prefixes of the operations that it executes, e.g. <c>rest.</c>.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Names of the engines that it is: what stands in <c>replyTo</c>.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>Prefixes of the operations that it may ask for; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];

    /// <summary>It is error treatment: it passes on for others what it has checked. The default value is false.</summary>
    public bool Treatment { get; init; }

    internal bool Executes(string? operation) => Covers(Operations, operation);

    internal bool MayAsk(string? operation) => Covers(Asks, operation);

    internal bool Is(string? engine) => engine is not null && Engines.Contains(engine, StringComparer.Ordinal);

    private static bool Covers(IReadOnlyList<string> prefixes, string? operation)
    {
        foreach (var prefix in prefixes)
        {
            if (prefix == Everything || (operation?.StartsWith(prefix, StringComparison.Ordinal) ?? false))
                return true;
        }

        return false;
    }
}
