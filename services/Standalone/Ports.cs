namespace Integration.Standalone;

/// <summary>Where everything listens on loopback, in the distances of the services' own ports.</summary>
internal sealed record Ports(int First)
{
    /// <summary>The first port unless another is asked for.</summary>
    public const int DefaultFirst = 5100;

    /// <summary>So that the last one is a port too.</summary>
    public const int LargestFirst = 65535 - 90;

    /// <summary>Free ones.</summary>
    public static Ports Free { get; } = new(0);

    public int Core => At(0);

    public int Treatment => At(1);

    public int Rest => At(10);

    public int Soap => At(11);

    public int S3 => At(12);

    public int Mail => At(13);

    public int Ldap => At(14);

    public int Sql => At(15);

    public int Samples => At(90);

    private int At(int distance) => First == 0 ? 0 : First + distance;
}
