using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public sealed class MixedAdaptersTests(Broker broker)
{
    private readonly Uri _broker = broker.TakeVirtualHost();

    [Fact]
    public async Task Both_adapters_publish_to_and_share_one_pipe_on_one_broker()
    {
        await using var direct = await StartAsync(BusTransport.RabbitMq);
        await using var massTransit = await StartAsync(BusTransport.MassTransit);
        var pipe = new Pipe("integration.a", [new Binding(Exchanges.Tasks, "#")]) { Prefetch = 4 };
        var (byDirect, byMassTransit) = (new Received(), new Received());
        await direct.SubscribeAsync(pipe, byDirect.HandleAsync, CancellationToken.None);
        await massTransit.SubscribeAsync(pipe, byMassTransit.HandleAsync, CancellationToken.None);
        var messages = Enumerable.Range(0, 200).Select(n => Messages.Complete($"a{n}")).ToList();

        await Task.WhenAll(
            messages.Select((message, n) => (n % 2 == 0 ? direct : massTransit).PublishAsync(message, default))
        );

        await Eventually.TrueAsync(() => byDirect.All.Count + byMassTransit.All.Count >= messages.Count);
        byDirect.All.ShouldNotBeEmpty();
        byMassTransit.All.ShouldNotBeEmpty();
        var all = byDirect.All.Concat(byMassTransit.All).ToDictionary(delivery => delivery.RoutingKey);
        all.Count.ShouldBe(messages.Count);
        foreach (var message in messages)
            all[message.RoutingKey].Properties.ShouldBe(message.Properties with { UserId = "guest" });
    }

    private async Task<IBus> StartAsync(string transport)
    {
        var options = new BusOptions { Transport = transport, Uri = _broker };
        var bus = Buses.Create(options, "mixed");
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return bus;
    }
}
