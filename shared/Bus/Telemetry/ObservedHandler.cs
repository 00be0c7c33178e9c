using System.Diagnostics;

namespace Integration.Bus;

/// <summary>Spans and metrics around the handler of a pipe.</summary>
internal sealed class ObservedHandler(Pipe pipe, DeliveryHandler handler, MessagingTags tags)
{
    private readonly string _name = $"process {pipe.Queue}";

    public Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping) =>
        BusTelemetry.ObservesProcessing
            ? HandleObservedAsync(delivery, stopping)
            : HandleUnrecordedAsync(delivery, stopping);

    /// <summary>
    /// The handler within the trace of its delivery, which nothing records: for the log, and for what it publishes and calls.
    /// </summary>
    private Task<Settlement> HandleUnrecordedAsync(Delivery delivery, CancellationToken stopping)
    {
        var before = Activity.Current;
        UnrecordedTrace.Start(_name, delivery.Properties);
        try
        {
            return handler(delivery, stopping);
        }
        finally
        {
            // Here only: what the handler still has to do has it. Nothing listens to its end.
            Activity.Current = before;
        }
    }

    private async Task<Settlement> HandleObservedAsync(Delivery delivery, CancellationToken stopping)
    {
        var properties = delivery.Properties;
        using var span = BusTelemetry.Source.StartActivity(
            _name,
            ActivityKind.Consumer,
            MessagingTags.ParentOf(properties)
        );
        using var unrecorded = span is null ? UnrecordedTrace.Start(_name, properties) : null;
        var measured = tags.Of("process", pipe.Queue);
        MessagingTags.Describe(span, measured, delivery.RoutingKey, properties, delivery.Body.Length);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var settlement = await handler(delivery, stopping);
            if (settlement != Settlement.Acknowledge)
                MessagingTags.Fail(span, ref measured, settlement.ToString(), description: null);
            return settlement;
        }
        catch (Exception e)
        {
            MessagingTags.Fail(span, ref measured, e.GetType().FullName!, e.Message);
            throw;
        }
        finally
        {
            BusTelemetry.Consumed.Add(1, measured);
            BusTelemetry.ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, measured);
        }
    }
}
