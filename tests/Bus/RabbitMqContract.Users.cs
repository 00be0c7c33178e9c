using Integration.Contracts;
using Integration.Fixtures;
using RabbitMQ.Client;

namespace Integration.Bus.Tests;

public abstract partial class RabbitMqContract
{
    [Fact]
    public async Task A_publish_without_permission_fails_with_the_name_of_the_exchange_and_harms_no_other()
    {
        await using var restricted = Buses.Create(
            new BusOptions { Transport = Options.Transport, Uri = RabbitMqServer.WithoutPermission(Options.Uri) },
            "restricted"
        );
        await restricted.StartAsync(TestContext.Current.CancellationToken);
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));

        var forbidden = restricted.PublishAsync(
            Messages.Task("a") with
            {
                Exchange = Exchanges.Control,
            },
            TestContext.Current.CancellationToken
        );
        var allowed = Enumerable
            .Range(0, 50)
            .Select(n => restricted.PublishAsync(Messages.Task("a", $"{n}"), TestContext.Current.CancellationToken));

        var refused = await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            forbidden.WaitAsync(Eventually.Patience)
        );
        refused.Message.ShouldContain(Exchanges.Control);
        await Task.WhenAll(allowed).WaitAsync(Eventually.Patience);
        await received.WaitForAsync(50);
    }

    [Fact]
    public async Task A_binding_that_the_user_may_not_take_away_is_told_with_the_way_out_and_the_queue_is_consumed()
    {
        var log = new LogLines();
        await using var restricted = Buses.Create(
            new BusOptions { Transport = Options.Transport, Uri = RabbitMqServer.WithoutPermission(Options.Uri) },
            "restricted",
            log
        );
        var received = new Received();

        await using var subscription = await restricted.SubscribeAsync(
            new Pipe("integration.a", [new Binding(Exchanges.Inbound, "engine.a.#")])
            {
                Unbound = [new Binding(Exchanges.Inbound, "start.#")],
            },
            received.HandleAsync,
            TestContext.Current.CancellationToken
        );
        await PublishAsync(
            Messages.Task("a") with
            {
                Exchange = Exchanges.Inbound,
                RoutingKey = "engine.a.start.order",
            }
        );

        await received.FirstAsync();
        var told = log.Lines.First(line => line.Contains("cannot be unbound", StringComparison.Ordinal));
        told.ShouldContain("integration.a");
        told.ShouldContain(Exchanges.Inbound);
        told.ShouldContain("start.#");
        told.ShouldContain("delete the binding");
    }

    [Fact]
    public async Task A_message_bears_the_user_of_the_connection_whoever_it_says_it_is_from()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        await using var restricted = Buses.Create(
            new BusOptions { Transport = Options.Transport, Uri = RabbitMqServer.WithoutPermission(Options.Uri) },
            "restricted"
        );

        var forged = Messages.Task("a");
        forged = forged with { Properties = forged.Properties with { UserId = "guest", AppId = "process-core" } };
        await restricted.PublishAsync(forged, TestContext.Current.CancellationToken);

        (await received.FirstAsync()).Properties.UserId.ShouldBe("restricted");
    }

    [Fact]
    public async Task A_message_keeps_its_users_name_on_its_way_to_the_last_queues()
    {
        var unrouted = new Received();
        await Bus.SubscribeAsync(LastResort(Exchanges.Unrouted), unrouted.HandleAsync, CancellationToken.None);
        var dead = new Received();
        await Bus.SubscribeAsync(LastResort(Exchanges.Dead), dead.HandleAsync, CancellationToken.None);
        await ReceiveAsync(TaskPipe("integration.a", "taken"), _ => Settlement.DeadLetter);

        await PublishAsync(Messages.Task("nobody"));
        await PublishAsync(Messages.Task("taken"));

        (await unrouted.FirstAsync()).Properties.UserId.ShouldBe("guest");
        (await dead.FirstAsync()).Properties.UserId.ShouldBe("guest");
    }

    [Fact]
    public async Task The_broker_refuses_a_foreign_client_that_claims_to_be_another_user()
    {
        await using var raw = await ConnectAsync();
        var forged = new BasicProperties { UserId = "process-core" };

        await raw.Channel.BasicPublishAsync(Exchanges.Tasks, "a", mandatory: false, forged, "{}"u8.ToArray());

        await Eventually.TrueAsync(() => raw.Channel.IsClosed);
        raw.Channel.CloseReason!.ReplyCode.ShouldBe((ushort)Constants.PreconditionFailed);
    }

    [Fact]
    public async Task An_exchange_with_other_arguments_stops_the_start_with_its_name()
    {
        await using var raw = await ConnectAsync();
        await raw.Channel.ExchangeDeleteAsync(Exchanges.Inbound);
        await raw.Channel.ExchangeDeclareAsync(Exchanges.Inbound, ExchangeType.Topic, durable: true);

        await using var bus = Create("another");
        var refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            bus.StartAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience)
        );

        refused.Message.ShouldContain(Exchanges.Inbound);
    }
}
