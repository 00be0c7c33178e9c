using Integration.Contracts;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    private static readonly Pipe _inbound = new("integration.a", [new Binding(Exchanges.Inbound, "engine.a.#")]);

    private static OutgoingMessage Inbound(string key, string body = "{}") =>
        new(
            Exchanges.Inbound,
            key,
            new MessageProperties { MessageId = Messages.NewId() },
            System.Text.Encoding.UTF8.GetBytes(body)
        );

    [Fact]
    public async Task A_queue_loses_the_bindings_that_its_pipe_is_to_have_no_longer_and_keeps_the_others()
    {
        var before = _inbound with { Bindings = [.. _inbound.Bindings, new Binding(Exchanges.Inbound, "start.#")] };
        var subscription = await Bus.SubscribeAsync(before, new Received().HandleAsync, CancellationToken.None);
        await subscription.DisposeAsync();

        var received = await ReceiveAsync(_inbound with { Unbound = [new Binding(Exchanges.Inbound, "start.#")] });
        await PublishAsync(Inbound("start.order"));
        await PublishAsync(Inbound("engine.a.start.order"));

        var unrouted = await ReceiveAsync(LastResort(Exchanges.Unrouted));
        (await unrouted.FirstAsync()).RoutingKey.ShouldBe("start.order");
        (await received.WaitForAsync(1)).Select(delivery => delivery.RoutingKey).ShouldBe(["engine.a.start.order"]);
    }

    [Fact]
    public async Task A_binding_that_was_never_there_can_be_taken_away()
    {
        var received = await ReceiveAsync(
            _inbound with
            {
                Unbound = [new Binding(Exchanges.Inbound, "start.#"), new Binding(Exchanges.Control, "cancel.#")],
            }
        );

        await PublishAsync(Inbound("engine.a.message.paid"));

        (await received.FirstAsync()).RoutingKey.ShouldBe("engine.a.message.paid");
    }

    [Fact]
    public async Task A_queue_that_keeps_the_newest_drops_the_oldest_and_dead_letters_nothing()
    {
        var dead = await ReceiveAsync(LastResort(Exchanges.Dead));
        var pipe = _inbound with { KeepNewest = 3, Prefetch = 1 };
        await (await Bus.SubscribeAsync(pipe, new Received().HandleAsync, CancellationToken.None)).DisposeAsync();

        for (var number = 1; number <= 8; number++)
            await PublishAsync(Inbound("engine.a.news", $"{number}"));

        var kept = await (await ReceiveAsync(pipe)).WaitForAsync(3);
        kept.Select(delivery => delivery.Text()).ShouldBe(["6", "7", "8"]);
        dead.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_queue_that_was_declared_otherwise_is_refused_by_name()
    {
        await ReceiveAsync(_inbound);

        foreach (var other in new[] { _inbound with { DeliveryLimit = 5 }, _inbound with { KeepNewest = 3 } })
        {
            var refused = await Should.ThrowAsync<InvalidOperationException>(() => ReceiveAsync(other));
            refused.Message.ShouldContain(_inbound.Queue);
        }
    }

    [Fact]
    public async Task A_delivery_that_such_a_queue_gives_up_is_gone_and_the_next_one_comes()
    {
        var received = await ReceiveAsync(
            _inbound with
            {
                KeepNewest = 3,
                DeliveryLimit = 1,
            },
            delivery =>
                delivery.Text() switch
                {
                    "returned" => Settlement.Requeue,
                    "refused" => Settlement.DeadLetter,
                    _ => Settlement.Acknowledge,
                }
        );
        var dead = await ReceiveAsync(LastResort(Exchanges.Dead));

        await PublishAsync(Inbound("engine.a.start.order", "returned"));
        await PublishAsync(Inbound("engine.a.start.order", "refused"));
        await Fixtures.Eventually.TrueAsync(() => received.All.Count >= 3);
        await PublishAsync(Inbound("engine.a.start.order", "good"));

        await Fixtures.Eventually.TrueAsync(() => received.All.Any(delivery => delivery.Text() == "good"));
        dead.All.ShouldBeEmpty();
    }
}
