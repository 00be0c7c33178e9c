namespace Integration.Bus;

/// <summary>Names of adapters, as <see cref="BusOptions.Transport"/> takes them.</summary>
public static class BusTransport
{
    /// <summary>RabbitMQ.Client directly: the fast one.</summary>
    public const string RabbitMq = "RabbitMq";

    /// <summary>A broker within the process, which nothing survives. For Standalone and tests.</summary>
    public const string InMemory = "InMemory";

    /// <summary>
    /// MassTransit on RabbitMQ: the same queues and bytes. For hosts that register it: it is in an assembly of its own,
    /// <c>Integration.Bus.MassTransit</c>.
    /// </summary>
    public const string MassTransit = "MassTransit";
}
