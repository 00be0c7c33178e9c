using System.Diagnostics;

namespace Integration.Bus;

/// <summary>
/// Spans and metrics around an adapter, so that all have the same. Without a listener it is one comparison per message.
/// </summary>
internal sealed class ObservedBus(IBus adapter, MessagingTags tags) : IBus
{
    public BusState State => adapter.State;

    public IReadOnlyList<string> Stalled => adapter.Stalled;

    public Task StartAsync(CancellationToken cancellation) => adapter.StartAsync(cancellation);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation) =>
        BusTelemetry.ObservesSending
            ? PublishObservedAsync(message, cancellation)
            : adapter.PublishAsync(message, cancellation);

    public Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation) =>
        adapter.SubscribeAsync(pipe, new ObservedHandler(pipe, handler, tags).HandleAsync, cancellation);

    public ValueTask DisposeAsync() => adapter.DisposeAsync();

    private async Task PublishObservedAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        var properties = message.Properties;
        using var span = BusTelemetry.Source.StartActivity(
            $"send {message.Exchange}",
            ActivityKind.Producer,
            MessagingTags.ParentOf(properties)
        );
        var measured = tags.Of("send", message.Exchange);
        MessagingTags.Describe(span, measured, message.RoutingKey, properties, message.Body.Length);
        if (span is not null)
        {
            properties = properties with { TraceParent = span.Id, TraceState = span.TraceStateString };
            message = message with { Properties = properties };
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            await adapter.PublishAsync(message, cancellation);
        }
        catch (Exception e)
        {
            MessagingTags.Fail(span, ref measured, e.GetType().FullName!, e.Message);
            throw;
        }
        finally
        {
            BusTelemetry.Sent.Add(1, measured);
            BusTelemetry.SendDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, measured);
        }
    }
}
