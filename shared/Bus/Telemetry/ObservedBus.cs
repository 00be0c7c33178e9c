using System.Diagnostics;

namespace Integration.Bus;

/// <summary>
/// Spans and metrics around an adapter, so that all have the same. Without a listener it is one comparison per message.
/// </summary>
internal sealed class ObservedBus(IBus adapter, BusOptions options) : IBus
{
    private readonly TagList _common = CommonTags(options);

    public BusState State => adapter.State;

    public Task StartAsync(CancellationToken cancellation) => adapter.StartAsync(cancellation);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation) =>
        BusTelemetry.ObservesSending
            ? PublishObservedAsync(message, cancellation)
            : adapter.PublishAsync(message, cancellation);

    public Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation) =>
        adapter.SubscribeAsync(
            pipe,
            (delivery, stopping) =>
                BusTelemetry.ObservesProcessing
                    ? ProcessObservedAsync(pipe, handler, delivery, stopping)
                    : handler(delivery, stopping),
            cancellation
        );

    public ValueTask DisposeAsync() => adapter.DisposeAsync();

    private async Task PublishObservedAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        using var span = BusTelemetry.Source.StartActivity(
            $"send {message.Exchange}",
            ActivityKind.Producer,
            ParentOf(message.Properties)
        );
        if (span is not null)
        {
            Describe(span, "send", message.Exchange, message.RoutingKey, message.Properties, message.Body.Length);
            message = message with
            {
                Properties = message.Properties with { TraceParent = span.Id, TraceState = span.TraceStateString },
            };
        }

        var tags = Tags("send", message.Exchange);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await adapter.PublishAsync(message, cancellation);
        }
        catch (Exception e)
        {
            Fail(span, ref tags, e.GetType().FullName!, e.Message);
            throw;
        }
        finally
        {
            BusTelemetry.Sent.Add(1, tags);
            BusTelemetry.SendDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    private async Task<Settlement> ProcessObservedAsync(
        Pipe pipe,
        DeliveryHandler handler,
        Delivery delivery,
        CancellationToken stopping
    )
    {
        using var span = BusTelemetry.Source.StartActivity(
            $"process {pipe.Queue}",
            ActivityKind.Consumer,
            ParentOf(delivery.Properties)
        );
        if (span is not null)
        {
            var properties = delivery.Properties;
            Describe(span, "process", pipe.Queue, delivery.RoutingKey, properties, delivery.Body.Length);
        }

        var tags = Tags("process", pipe.Queue);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var settlement = await handler(delivery, stopping);
            if (settlement != Settlement.Acknowledge)
                Fail(span, ref tags, settlement.ToString(), description: null);
            return settlement;
        }
        catch (Exception e)
        {
            Fail(span, ref tags, e.GetType().FullName!, e.Message);
            throw;
        }
        finally
        {
            BusTelemetry.Consumed.Add(1, tags);
            BusTelemetry.ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    /// <summary>
    /// What the message says comes before what happens to be current: an outbox publishes long after, and in the name of,
    /// whatever wrote the event.
    /// </summary>
    private static ActivityContext ParentOf(MessageProperties properties) =>
        ActivityContext.TryParse(properties.TraceParent, properties.TraceState, isRemote: true, out var parent)
            ? parent
            : Activity.Current?.Context ?? default;

    private void Describe(
        Activity span,
        string operation,
        string destination,
        string routingKey,
        MessageProperties properties,
        int size
    )
    {
        foreach (var (name, value) in Tags(operation, destination))
            span.SetTag(name, value);
        span.SetTag("messaging.rabbitmq.destination.routing_key", routingKey);
        span.SetTag("messaging.message.id", properties.MessageId);
        span.SetTag("messaging.message.conversation_id", properties.CorrelationId);
        span.SetTag("messaging.message.body.size", size);
    }

    private TagList Tags(string operation, string destination)
    {
        var tags = _common;
        tags.Add("messaging.operation.name", operation);
        tags.Add("messaging.operation.type", operation);
        tags.Add("messaging.destination.name", destination);
        return tags;
    }

    private static void Fail(Activity? span, ref TagList tags, string type, string? description)
    {
        tags.Add("error.type", type);
        span?.SetTag("error.type", type);
        span?.SetStatus(ActivityStatusCode.Error, description);
    }

    private static TagList CommonTags(BusOptions options) =>
        options.Transport == BusTransport.InMemory
            ? new TagList { { "messaging.system", "in_memory" } }
            : new TagList
            {
                { "messaging.system", "rabbitmq" },
                { "server.address", options.Uri.Host },
                { "server.port", options.Uri.Port },
            };
}
