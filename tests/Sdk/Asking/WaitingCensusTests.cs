using System.Diagnostics.Metrics;
using Integration.Fixtures;
using Integration.Testing;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>What an operator sees of tasks that wait.</summary>
public sealed class WaitingCensusTests
{
    [Fact]
    public async Task The_tasks_that_wait_for_an_answer_are_counted()
    {
        // Other tests count theirs at the same time; none has so many.
        const int Many = 17;
        var counts = new List<long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "integration.tasks.waiting")
                meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, _, _) =>
            {
                lock (counts)
                    counts.Add(count);
            }
        );
        listener.Start();
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        for (var number = 0; number < Many; number++)
            await BeginAsync(service, "sample.compare", new { articles = new[] { "a", "b" } });
        await Eventually.TrueAsync(() => service.Asked.Count == 2 * Many);
        await UntilAsync(Many);

        var last = service.Asked.Last();
        foreach (var asked in service.Asked.Where(one => one.Parent!.TaskId == last.Parent!.TaskId).ToList())
            await service.TellAsync(asked, AskingService.Reserve(asked));

        await UntilAsync(Many - 1);

        Task UntilAsync(long count) =>
            Eventually.TrueAsync(() =>
            {
                service.Clock.Advance(TimeSpan.FromSeconds(30));
                lock (counts)
                    counts.Clear();
                listener.RecordObservableInstruments();
                lock (counts)
                    return counts.Contains(count);
            });
    }
}
