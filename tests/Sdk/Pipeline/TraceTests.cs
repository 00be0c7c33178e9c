using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Bus;
using Integration.Contracts;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

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

    // Completed, and refused.
    [Theory]
    [InlineData("Ada", "01")]
    [InlineData("Ada", "00")]
    [InlineData(null, "01")]
    public async Task The_answer_to_a_task_belongs_to_its_trace_where_nothing_is_recorded(string? name, string flags)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        var answer = await TraceOfAnswerAsync(name, $"00-{trace}-00f067aa0ba902b7-{flags}");

        answer.ShouldStartWith($"00-{trace}-");
        answer.ShouldEndWith($"-{flags}");
    }

    [Fact]
    public async Task A_task_of_no_trace_begins_one_that_those_record_who_record_at_all() =>
        (await TraceOfAnswerAsync("Ada", traceParent: null)).ShouldEndWith("-01");

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

    private static async Task<string> TraceOfAnswerAsync(string? name, string? traceParent)
    {
        var answers = new ConcurrentQueue<string?>();
        await using var service = await SampleService.StartAsync();
        await service
            .Services.GetRequiredService<IBus>()
            .SubscribeAsync(
                new Pipe("integration.watcher", [new(Exchanges.Results, "#"), new(Exchanges.Errors, "#")]),
                (delivery, _) =>
                {
                    answers.Enqueue(delivery.Properties.TraceParent);
                    return Task.FromResult(Settlement.Acknowledge);
                },
                CancellationToken.None
            );

        await service.SendAsync(
            ServiceHarness.Request("sample.greet", new { name }),
            properties => properties with { TraceParent = traceParent }
        );

        await Fixtures.Eventually.TrueAsync(() => !answers.IsEmpty);
        return answers.ShouldHaveSingleItem().ShouldNotBeNull();
    }
}
