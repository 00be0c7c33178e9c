using Integration.Contracts;

namespace Integration.Bus;

/// <summary>What the exchanges and queues on a broker are declared with, the same by every adapter.</summary>
internal static class Topology
{
    /// <summary>Matches every routing key. For the two queues that catch what has no taker and what cannot be delivered.</summary>
    public const string Everything = "#";

    /// <summary>
    /// Delivery limit of those two queues: practically none, said explicitly, as RabbitMQ 4 has a default of 20.
    /// </summary>
    private const int Unlimited = int.MaxValue;

    /// <summary>Arguments of an exchange that is published to.</summary>
    public static Dictionary<string, object?> PublishedExchange() =>
        new(StringComparer.Ordinal) { ["alternate-exchange"] = Exchanges.Unrouted };

    /// <summary>
    /// Arguments of a durable queue: nothing leaves it but by acknowledgement or to the dead-letter exchange, unless it keeps
    /// the newest only.
    /// </summary>
    public static Dictionary<string, object?> Queue(Pipe pipe) =>
        pipe.KeepNewest is { } newest
            ? new(StringComparer.Ordinal)
            {
                ["x-queue-type"] = "quorum",
                ["x-overflow"] = "drop-head",
                ["x-max-length"] = newest,
                ["x-delivery-limit"] = DeliveryLimit(pipe),
            }
            : Lossless(pipe);

    private static Dictionary<string, object?> Lossless(Pipe pipe) =>
        new(StringComparer.Ordinal)
        {
            ["x-queue-type"] = "quorum",
            ["x-dead-letter-exchange"] = Exchanges.Dead,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
            ["x-delivery-limit"] = DeliveryLimit(pipe),
        };

    /// <summary>How often a delivery of the pipe may be returned.</summary>
    public static int DeliveryLimit(Pipe pipe) =>
        pipe.Queue is Exchanges.Unrouted or Exchanges.Dead ? Unlimited : pipe.DeliveryLimit;

    /// <summary>Arguments of a temporary queue.</summary>
    public static Dictionary<string, object?> TemporaryQueue() =>
        new(StringComparer.Ordinal) { ["x-dead-letter-exchange"] = Exchanges.Dead };

    /// <summary>A name that no other process has.</summary>
    public static string TemporaryName(Pipe pipe) => $"{pipe.Queue}.{Guid.NewGuid():N}";

    /// <summary>The pipes behind the two last exchanges.</summary>
    public static IReadOnlyList<Pipe> LastResorts { get; } =
    [
        new(Exchanges.Unrouted, [new Binding(Exchanges.Unrouted, Everything)]),
        new(Exchanges.Dead, [new Binding(Exchanges.Dead, Everything)]),
    ];
}
