using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    [Fact]
    public async Task What_was_acknowledged_is_not_delivered_again()
    {
        var pipe = TaskPipe("integration.a", "#");
        var first = new Received();
        var subscription = await Bus.SubscribeAsync(pipe, first.HandleAsync, CancellationToken.None);
        await PublishAsync(Messages.Task("done"));
        await first.FirstAsync();
        await subscription.StopAsync(Eventually.Patience);

        var second = await ReceiveAsync(pipe);
        await PublishAsync(Messages.Task("next"));

        (await second.FirstAsync()).RoutingKey.ShouldBe("next");
    }

    [Fact]
    public async Task What_was_returned_comes_again_and_says_so()
    {
        var attempts = 0;
        var received = await ReceiveAsync(
            TaskPipe("integration.a", "#"),
            _ => Interlocked.Increment(ref attempts) < 3 ? Settlement.Requeue : Settlement.Acknowledge
        );
        var message = Messages.Complete("again");

        await PublishAsync(message);

        var all = await received.WaitForAsync(3);
        all.Select(delivery => delivery.Redelivered).ShouldBe([false, true, true]);
        all.ShouldAllBe(delivery => delivery.Properties == Delivered(message) && delivery.RoutingKey == "again");
        all.ShouldAllBe(delivery => delivery.Exchange == Exchanges.Tasks && delivery.Death == null);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1500)]
    public async Task What_is_settled_behind_a_delivery_that_takes_long_is_settled_for_itself(int others)
    {
        var pipe = TaskPipe("integration.a", "#");
        using var othersDone = new CountdownEvent(others);
        var subscription = await Bus.SubscribeAsync(
            pipe,
            async (delivery, cancellation) =>
            {
                if (delivery.RoutingKey == "slow")
                    await Task.Delay(Timeout.Infinite, cancellation);
                if (delivery is { RoutingKey: "twice", Redelivered: false })
                    return Settlement.Requeue;
                othersDone.Signal();
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("one"));
        await PublishAsync(Messages.Task("slow"));
        await Task.WhenAll(Enumerable.Range(0, others - 2).Select(_ => PublishAsync(Messages.Task("one"))));
        await PublishAsync(Messages.Task("twice"));
        othersDone.Wait(Eventually.Patience).ShouldBeTrue();
        await subscription.StopAsync(TimeSpan.FromMilliseconds(50));

        var next = await ReceiveAsync(pipe);
        await PublishAsync(Messages.Task("last"));

        (await next.WaitForAsync(2)).Select(delivery => delivery.RoutingKey).ShouldBe(["slow", "last"]);
    }

    [Fact]
    public async Task A_handler_that_throws_returns_its_delivery()
    {
        var attempts = 0;
        var received = await ReceiveAsync(
            TaskPipe("integration.a", "#"),
            _ =>
                Interlocked.Increment(ref attempts) == 1
                    ? throw new InvalidOperationException("On purpose.")
                    : Settlement.Acknowledge
        );

        await PublishAsync(Messages.Task("a"));

        (await received.WaitForAsync(2))[1].Redelivered.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_dead_lettered_reaches_the_dead_letter_queue_with_reason_and_origin()
    {
        await ReceiveAsync(TaskPipe("integration.a", "#"), _ => Settlement.DeadLetter);
        var dead = await ReceiveAsync(LastResort(Exchanges.Dead));
        var message = Messages.Complete("a.b.v1");

        await PublishAsync(message);

        var delivery = await dead.FirstAsync();
        delivery.Death.ShouldBe(new Death("rejected", "integration.a"));
        delivery.Exchange.ShouldBe(Exchanges.Tasks);
        delivery.RoutingKey.ShouldBe("a.b.v1");
        delivery.Properties.ShouldBe(Delivered(message));
        delivery.Body.ToArray().ShouldBe(message.Body.ToArray());
    }

    [Fact]
    public async Task What_is_returned_more_often_than_the_delivery_limit_is_dead_lettered()
    {
        const int Limit = 2;
        var pipe = TaskPipe("integration.a", "#") with { DeliveryLimit = Limit };
        var received = await ReceiveAsync(pipe, _ => Settlement.Requeue);
        var dead = await ReceiveAsync(LastResort(Exchanges.Dead));

        await PublishAsync(Messages.Task("poison.v1"));

        var delivery = await dead.FirstAsync();
        delivery.Death.ShouldBe(new Death("delivery_limit", "integration.a"));
        delivery.RoutingKey.ShouldBe("poison.v1");
        received.All.Count.ShouldBe(Limit + 1);
    }

    [Fact]
    public async Task What_nobody_takes_reaches_the_unrouted_queue_with_its_origin()
    {
        var message = Messages.Complete("nobody.v1");
        await PublishAsync(message);

        var delivery = await (await ReceiveAsync(LastResort(Exchanges.Unrouted))).FirstAsync();

        delivery.Exchange.ShouldBe(Exchanges.Tasks);
        delivery.RoutingKey.ShouldBe("nobody.v1");
        delivery.Properties.ShouldBe(Delivered(message));
        delivery.Death.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_leaves_the_two_last_queues_but_by_acknowledgement()
    {
        var attempts = 0;
        var unrouted = await ReceiveAsync(LastResort(Exchanges.Unrouted), _ => Settlement.DeadLetter);
        var dead = await ReceiveAsync(
            LastResort(Exchanges.Dead),
            _ => Interlocked.Increment(ref attempts) < 3 ? Settlement.DeadLetter : Settlement.Acknowledge
        );

        await PublishAsync(Messages.Task("nobody.v1"));

        await dead.WaitForAsync(3);
        unrouted.All.Count.ShouldBe(1);
        dead.All.ShouldAllBe(delivery => delivery.RoutingKey == "nobody.v1" && delivery.Exchange == Exchanges.Tasks);
    }
}
