using System.Collections.Concurrent;
using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    [Fact]
    public async Task One_trace_leads_from_the_publisher_over_the_bus_into_the_handler()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var publisher = new Activity("publisher").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BusTelemetry.Name,
            // Listeners are the whole process's: the spans of tests beside this one must stay what they are.
            Sample = (ref ActivityCreationOptions<ActivityContext> span) =>
                span.Parent.TraceId == publisher.TraceId
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var inHandler = new TaskCompletionSource<string?>();
        await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#"),
            (_, _) =>
            {
                inHandler.TrySetResult(Activity.Current?.Id);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("a.v1"));
        var current = await inHandler.Task.WaitAsync(Eventually.Patience);
        await Eventually.TrueAsync(() => spans.Count(span => span.TraceId == publisher.TraceId) == 2);

        var mine = spans.Where(span => span.TraceId == publisher.TraceId).ToDictionary(span => span.Kind);
        var (send, process) = (mine[ActivityKind.Producer], mine[ActivityKind.Consumer]);
        send.ParentSpanId.ShouldBe(publisher.SpanId);
        process.ParentSpanId.ShouldBe(send.SpanId);
        current.ShouldBe(process.Id);
        send.DisplayName.ShouldBe("send integration.tasks");
        process.DisplayName.ShouldBe("process integration.a");
        process.GetTagItem("messaging.rabbitmq.destination.routing_key").ShouldBe("a.v1");
        process.GetTagItem("messaging.operation.type").ShouldBe("process");
    }
}
