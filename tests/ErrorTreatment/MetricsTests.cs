using System.Diagnostics.Metrics;
using Integration.ErrorTreatment.Telemetry;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task What_is_parked_can_be_alerted_on_also_after_a_restart()
    {
        using var folder = new TemporaryFolder("treatment");
        await using (var before = await RunningTreatment.StartAsync(folder: folder))
            await before.ParkAsync("counted");

        long parked = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TreatmentMetrics.MeterName && instrument.Name == "integration.failures")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) =>
            {
                if (tags.Contains(new("state", "parked")) && tags.Contains(new("category", "access")))
                    Interlocked.Exchange(ref parked, value);
            }
        );
        listener.Start();
        await using var after = await RunningTreatment.StartAsync(folder: folder);

        await Eventually.TrueAsync(() =>
        {
            listener.RecordObservableInstruments();
            return Interlocked.Read(ref parked) == 1;
        });
    }
}
