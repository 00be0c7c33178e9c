namespace Integration.Standalone;

/// <summary>Where everything listens on loopback.</summary>
internal sealed record Ports(int Core, int Treatment, int Rest, int Samples)
{
    /// <summary>The first port unless another is asked for.</summary>
    public const int DefaultFirst = 5100;

    /// <summary>So that the last one is a port too.</summary>
    public const int LargestFirst = 65535 - 90;

    /// <summary>Free ones.</summary>
    public static Ports Free { get; } = new(0, 0, 0, 0);

    /// <summary>In the same distances as the defaults; 0 takes free ones.</summary>
    public static Ports From(int first) => first == 0 ? Free : new(first, first + 1, first + 10, first + 90);
}
