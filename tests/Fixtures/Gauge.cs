using System.Diagnostics.Metrics;

namespace Integration.Fixtures;

/// <summary>What the services of this process measure, as a collector of metrics sees it.</summary>
public static class Gauge
{
    /// <summary>The sum of all measurements of an observable instrument at this moment.</summary>
    /// <param name="name">E.g. <c>integration.targets.waiting</c>.</param>
    public static int Read(string name)
    {
        var sum = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => sum += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return sum;
    }
}
