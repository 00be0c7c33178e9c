using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Sdk.Tests.Pipeline;

public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_goes_from_the_publish_through_the_operation()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Integration", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await SampleService.StartAsync();
        using var source = new ActivitySource("Integration.Tests");

        using var engine = source.StartActivity("engine")!;
        var answer = await service.RunAsync("sample.greet", new { name = "Ada" });

        answer.Outputs<Greet.Output>().TraceId.ShouldBe(engine.TraceId.ToString());
    }

    [Fact]
    public async Task A_trace_goes_on_to_the_operation_and_the_result_where_nothing_is_recorded()
    {
        await using var service = await SampleService.StartAsync();
        using var engine = new Activity("engine").SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = engine.TraceId.ToString();

        var answer = await service.RunAsync("sample.greet", new { name = "Ada" });

        answer.Outputs<Greet.Output>().TraceId.ShouldBe(trace);
    }

    [Fact]
    public async Task The_duration_of_tasks_is_measured_by_operation_and_outcome()
    {
        var outcomes = new List<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "integration.task.duration")
                meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) =>
            {
                lock (outcomes)
                {
                    outcomes.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value?.ToString())));
                }
            }
        );
        listener.Start();
        await using var service = await SampleService.StartAsync();

        var answer = await service.RunAsync("sample.greet", new { name = "Ada" });

        await Fixtures.Eventually.TrueAsync(() =>
        {
            lock (outcomes)
                return outcomes.Contains("sample.greet task.completed");
        });
        answer.Completed.ShouldNotBeNull();
    }
}
