using System.Diagnostics;

namespace Integration.Bus;

/// <summary>Spans and metrics around the handler of a pipe.</summary>
internal sealed class ObservedHandler(Pipe pipe, DeliveryHandler handler, MessagingTags tags)
{
    public Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping) =>
        BusTelemetry.ObservesProcessing ? HandleObservedAsync(delivery, stopping) : handler(delivery, stopping);

    private async Task<Settlement> HandleObservedAsync(Delivery delivery, CancellationToken stopping)
    {
        var properties = delivery.Properties;
        using var span = BusTelemetry.Source.StartActivity(
            $"process {pipe.Queue}",
            ActivityKind.Consumer,
            MessagingTags.ParentOf(properties)
        );
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
