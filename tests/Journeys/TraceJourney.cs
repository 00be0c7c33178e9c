namespace Integration.Journeys.Tests;

/// <summary>One trace: from whoever started the process over core, bus and service to the external system, and back.</summary>
public sealed class TraceJourney(RabbitMqServer broker)
{
    [Fact]
    public async Task The_target_is_called_in_the_trace_of_the_task_and_every_service_exports_its_part()
    {
        await using var shop = await Shop.OpenAsync();
        await using var collector = await Collector.StartAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        foreach (var (name, value) in collector.Settings)
            system.Settings[name] = value;
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("Rest"));
        await system.Core.DeployOrderAsync();
        await using var wire = await Wire.ConnectAsync(system.Broker);
        var tasks = await wire.ListenAsync("integration.tasks", "#");
        var results = await wire.ListenAsync("integration.results", "#");

        await system.Core.CompletedAsync(await system.Core.OrderAsync(shop, "lamp"));

        await Eventually.TrueAsync(() => tasks.Count == 2 && results.Count == 2, Api.Patience);
        var trace = TraceOf(tasks.First().TraceParent);
        tasks.Concat(results).ShouldAllBe(message => TraceOf(message.TraceParent) == trace);
        shop.Calls.Count.ShouldBe(2);
        shop.Calls.ShouldAllBe(call => TraceOf(call.TraceParent) == trace);
        foreach (var service in new[] { "integration.process-core", "integration.rest" })
            await Eventually.TrueAsync(
                () => collector.Knows(service, trace),
                Api.Patience,
                $"{service} exported spans"
            );
    }

    // version-trace-span-flags
    private static string TraceOf(string? traceParent) =>
        traceParent?.Split('-') is [_, { Length: 32 } trace, _, _]
            ? trace
            : throw new ArgumentException($"'{traceParent}' is no W3C trace context.");
}
