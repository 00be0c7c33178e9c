using System.Collections.Concurrent;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>A node that these tests may stop and kill; they follow one another.</summary>
[CollectionDefinition(nameof(RestartedBroker))]
public sealed class RestartedBroker : ICollectionFixture<RabbitMqServer>;

/// <summary>What is left of a promise when the broker goes away and comes back.</summary>
[Collection(nameof(RestartedBroker))]
public abstract class RestartContract(RabbitMqServer server, string transport)
{
    private readonly BusOptions _options = new()
    {
        Transport = transport,
        Uri = server.TakeVirtualHost(),
        ReconnectDelay = TimeSpan.FromMilliseconds(500),
    };

    private static Pipe Pipe => new("integration.a", [new Binding(Exchanges.Tasks, "#")]);

    [Fact]
    public async Task Nothing_confirmed_is_lost_when_the_broker_is_killed_under_load_and_everything_goes_on_afterwards()
    {
        var (confirmed, received) = (new ConcurrentBag<string>(), new ConcurrentDictionary<string, int>());
        using var stop = new CancellationTokenSource();
        await using var bus = Create();
        await bus.StartAsync(TestContext.Current.CancellationToken);
        await bus.SubscribeAsync(
            Pipe,
            (delivery, _) =>
            {
                received.AddOrUpdate(delivery.Text(), 1, (_, count) => count + 1);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        await server.WaitUntilOnDiskAsync(_options.Uri, Pipe.Queue);
        var load = Enumerable.Range(0, 16).Select(writer => PublishUntilAsync(writer)).ToArray();
        await Eventually.TrueAsync(() => confirmed.Count > 500);

        await server.KillAsync();
        await Eventually.TrueAsync(() => bus.State == BusState.Reconnecting);
        var during = Task.WhenAll(Enumerable.Range(0, 100).Select(n => PublishAsync($"outage {n}")));
        var before = confirmed.Count;
        during.IsCompleted.ShouldBeFalse("the broker was not away, so the test has proved nothing");
        await server.StartAsync();

        await during.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => confirmed.Count > before + 500, TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => bus.State == BusState.Connected);
        await stop.CancelAsync();
        await Task.WhenAll(load).WaitAsync(Eventually.Patience);
        await Eventually.TrueAsync(() => confirmed.All(received.ContainsKey));

        async Task PublishUntilAsync(int writer)
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
                await PublishAsync($"{writer}-{n}");
        }

        async Task PublishAsync(string text)
        {
            await bus.PublishAsync(Messages.Task("a", text), CancellationToken.None);
            confirmed.Add(text);
        }
    }

    [Fact]
    public async Task A_bus_may_be_started_and_published_to_before_the_broker_is_there()
    {
        await server.StopAsync();
        await using var bus = Create();
        var starting = bus.StartAsync(TestContext.Current.CancellationToken);
        var publishing = bus.PublishAsync(Messages.Task("early"), TestContext.Current.CancellationToken);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() =>
            bus.PublishAsync(Messages.Task("given up"), impatient.Token)
        );
        (starting.IsCompleted || publishing.IsCompleted).ShouldBeFalse();
        bus.State.ShouldBe(BusState.Connecting);

        await server.StartAsync();

        await starting.WaitAsync(Eventually.Patience);
        await publishing.WaitAsync(Eventually.Patience);
        bus.State.ShouldBe(BusState.Connected);
    }

    [Fact]
    public async Task A_bus_can_be_closed_while_the_broker_is_away_and_what_waits_fails()
    {
        var bus = Create();
        await bus.SubscribeAsync(
            Pipe,
            (_, _) => Task.FromResult(Settlement.Acknowledge),
            TestContext.Current.CancellationToken
        );
        await server.StopAsync();
        await Eventually.TrueAsync(() => bus.State == BusState.Reconnecting);
        var publishing = bus.PublishAsync(Messages.Task("a"), CancellationToken.None);

        await bus.DisposeAsync().AsTask().WaitAsync(Eventually.Patience);

        await Should.ThrowAsync<ObjectDisposedException>(() => publishing.WaitAsync(Eventually.Patience));
        bus.State.ShouldBe(BusState.Closed);
        await server.StartAsync();
    }

    private IBus Create() => Buses.Create(_options, "restarts");
}

public sealed class RabbitMqRestartTests(RabbitMqServer server) : RestartContract(server, BusTransport.RabbitMq);

public sealed class MassTransitRestartTests(RabbitMqServer server) : RestartContract(server, BusTransport.MassTransit);
