using Integration.Standalone.Running;

namespace Integration.Standalone;

/// <summary>Where everything listens on loopback, in the distances of the services' own ports.</summary>
internal sealed record Ports(int First)
{
    /// <summary>The first port unless another is asked for: the lowest of the services' own.</summary>
    public const int DefaultFirst = 5100;

    /// <summary>So that the last one is a port too.</summary>
    public const int LargestFirst = 65535 - ToSamples;

    private const int ToSamples = 90;

    /// <summary>Ports that are free at the moment.</summary>
    public static Ports Free { get; } = new(0);

    /// <summary>Behind those of all services.</summary>
    public int Samples => At(ToSamples);

    /// <summary>The port of a service.</summary>
    public int Of(ServiceEntry service) => At(service.Port - DefaultFirst);

    private int At(int distance) => First == 0 ? 0 : First + distance;
}
