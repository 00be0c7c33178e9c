using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Bus;

/// <summary>
/// Spans and metrics of publishing and processing, named by the OpenTelemetry semantic conventions for messaging.
/// </summary>
public static class BusTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Integration.Bus";

    private static readonly Meter _meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Counter<long> Sent { get; } =
        _meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that were published.");

    internal static Histogram<double> SendDuration { get; } =
        _meter.CreateHistogram<double>(
            "messaging.client.operation.duration",
            "s",
            "Duration of a publish, until the broker has confirmed it."
        );

    internal static Counter<long> Consumed { get; } =
        _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages that were delivered.");

    internal static Histogram<double> ProcessDuration { get; } =
        _meter.CreateHistogram<double>("messaging.process.duration", "s", "Duration of processing a delivery.");

    internal static Counter<long> UnreadableProperties { get; } =
        _meter.CreateCounter<long>(
            "integration.bus.unreadable_properties",
            "{property}",
            "Properties and headers of deliveries that could not be read and count as absent."
        );

    internal static Counter<long> UndecodableLosses { get; } =
        _meter.CreateCounter<long>(
            "integration.bus.undecodable_losses",
            "{loss}",
            "Connections that were lost because the client cannot decode a message of the queue."
        );

    internal static Counter<long> RefusedDeliveries { get; } =
        _meter.CreateCounter<long>(
            "integration.bus.refused_deliveries",
            "{message}",
            "Deliveries that could not even be handed to their handler and were dead-lettered."
        );

    internal static bool ObservesSending => Source.HasListeners() || Sent.Enabled || SendDuration.Enabled;

    internal static bool ObservesProcessing => Source.HasListeners() || Consumed.Enabled || ProcessDuration.Enabled;
}
