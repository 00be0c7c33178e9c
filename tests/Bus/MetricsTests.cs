using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Publishing_and_processing_are_counted_and_timed_under_the_messaging_conventions()
    {
        // Metrics are of the whole process: the queue's name tells ours from those of other tests.
        var queue = $"integration.{Guid.NewGuid():N}";
        var measured = new ConcurrentQueue<(string Name, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == BusTelemetry.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();
        var options = new BusOptions { Transport = BusTransport.InMemory };
        await using var bus = Buses.Create(options);
        var received = new Received(_ => Settlement.DeadLetter);
        var pipe = new Pipe(queue, [new Binding(Exchanges.Errors, "#")]);
        await bus.SubscribeAsync(pipe, received.HandleAsync, CancellationToken.None);

        await bus.PublishAsync(Messages.Task("data.x") with { Exchange = Exchanges.Errors }, default);

        await Eventually.TrueAsync(() => Of("messaging.process.duration", queue).Count == 1);
        var processed = Of("messaging.client.consumed.messages", queue).ShouldHaveSingleItem();
        processed["messaging.system"].ShouldBe("in_memory");
        processed["messaging.operation.type"].ShouldBe("process");
        processed["error.type"].ShouldBe("DeadLetter");
        Of("messaging.client.sent.messages", Exchanges.Errors).ShouldNotBeEmpty();
        Of("messaging.client.operation.duration", Exchanges.Errors).ShouldNotBeEmpty();

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measured.Enqueue((instrument.Name, new Dictionary<string, object?>(tags.ToArray())));

        List<Dictionary<string, object?>> Of(string name, string destination) =>
            [
                .. measured
                    .Where(one => one.Name == name && destination.Equals(one.Tags["messaging.destination.name"]))
                    .Select(one => one.Tags),
            ];
    }
}
