using System.Collections.Concurrent;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    [Fact]
    public async Task A_message_arrives_with_the_bytes_and_properties_it_was_published_with()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "a.#"));
        var message = Messages.Complete("a.b.v1");

        await PublishAsync(message);

        var delivery = await received.FirstAsync();
        delivery.Exchange.ShouldBe(Exchanges.Tasks);
        delivery.RoutingKey.ShouldBe("a.b.v1");
        delivery.Body.ToArray().ShouldBe(message.Body.ToArray());
        delivery.Properties.ShouldBe(Delivered(message));
        delivery.Redelivered.ShouldBeFalse();
        delivery.Death.ShouldBeNull();
    }

    [Fact]
    public async Task A_message_without_properties_and_body_arrives_as_it_is()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));

        await PublishAsync(
            new OutgoingMessage(Exchanges.Tasks, "a", new MessageProperties { ContentType = null }, default)
        );

        var delivery = await received.FirstAsync();
        delivery.Properties.ShouldBe(new MessageProperties { ContentType = null, UserId = User });
        delivery.Body.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_of_the_largest_size_arrives_whole()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        var body = new string('x', Limits.Body);

        await PublishAsync(Messages.Task("a", body));

        (await received.FirstAsync()).Text().ShouldBe(body);
    }

    [Fact]
    public async Task A_pipe_gets_what_one_of_its_patterns_matches_and_gets_it_once()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "rest.*.v1", "#.v2", "mail.#", "exact"));
        var others = await ReceiveAsync(LastResort(Exchanges.Unrouted));

        string[] taken = ["rest.request.v1", "v2", "s3.put.v2", "mail", "mail.send.v1", "mail.send.v2", "exact"];
        string[] left = ["rest.v1", "rest.a.b.v1", "mails.send.v1", "s3.put.v1", "exact.not"];
        foreach (var key in taken.Concat(left))
            await PublishAsync(Messages.Task(key));

        await received.WaitForAsync(taken.Length);
        await others.WaitForAsync(left.Length);
        received.RoutingKeys.ShouldBe(taken, ignoreOrder: true);
        others.RoutingKeys.ShouldBe(left, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_pipe_with_a_matching_pattern_gets_a_copy()
    {
        var first = await ReceiveAsync(TaskPipe("integration.a", "#"));
        var second = await ReceiveAsync(TaskPipe("integration.b", "a.*"));

        await PublishAsync(Messages.Task("a.v1"));

        (await first.FirstAsync()).RoutingKey.ShouldBe("a.v1");
        (await second.FirstAsync()).RoutingKey.ShouldBe("a.v1");
    }

    [Fact]
    public async Task Two_subscriptions_of_one_pipe_share_its_deliveries()
    {
        var pipe = TaskPipe("integration.a", "#") with { Prefetch = 1 };
        var first = await ReceiveAsync(pipe);
        var second = await ReceiveAsync(pipe);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => PublishAsync(Messages.Task("a", $"{n}"))));

        await Eventually.TrueAsync(() => first.All.Count + second.All.Count >= 200);
        first.All.ShouldNotBeEmpty();
        second.All.ShouldNotBeEmpty();
        first.All.Concat(second.All).Select(Messages.Text).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task As_many_are_in_flight_as_the_prefetch_says_and_never_more()
    {
        const int Prefetch = 7;
        var (now, most, done) = (0, 0, 0);
        var all = new TaskCompletionSource();
        await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#") with
            {
                Prefetch = Prefetch,
            },
            async (_, _) =>
            {
                var current = Interlocked.Increment(ref now);
                InterlockedMax(ref most, current);
                if (current == Prefetch)
                    all.TrySetResult();
                await all.Task.WaitAsync(Eventually.Patience, CancellationToken.None);
                await Task.Yield();
                Interlocked.Decrement(ref now);
                Interlocked.Increment(ref done);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PublishAsync(Messages.Task("a"))));

        await Eventually.TrueAsync(() => Volatile.Read(ref done) == 100);
        most.ShouldBe(Prefetch);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_hold_up_the_others()
    {
        using var release = new ManualResetEventSlim();
        var received = new ConcurrentQueue<string>();
        await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#"),
            (delivery, _) =>
            {
                if (delivery.RoutingKey == "blocks")
                    release.Wait(Eventually.Patience, CancellationToken.None);
                received.Enqueue(delivery.RoutingKey);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );

        await PublishAsync(Messages.Task("blocks"));
        await PublishAsync(Messages.Task("passes"));

        await Eventually.TrueAsync(() => received.Contains("passes"));
        received.ShouldNotContain("blocks");
        release.Set();
        await Eventually.TrueAsync(() => received.Contains("blocks"));
    }

    [Fact]
    public async Task A_body_stays_as_it_was_for_as_long_as_it_is_held()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => PublishAsync(Messages.Task($"k{n}", $"body of k{n}"))));

        foreach (var delivery in await received.WaitForAsync(500))
            delivery.Text().ShouldBe($"body of {delivery.RoutingKey}");
    }

    [Fact]
    public async Task A_publisher_may_use_its_buffer_again_once_it_is_confirmed()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#") with { Prefetch = 1 });
        var buffer = "first"u8.ToArray();

        await PublishAsync(Messages.Task("a") with { Body = buffer });
        "other"u8.CopyTo(buffer);

        (await received.FirstAsync()).Text().ShouldBe("first");
    }

    [Fact]
    public async Task A_pipe_that_takes_one_at_a_time_gets_them_in_the_order_of_publishing()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#") with { Prefetch = 1 });

        for (var number = 0; number < 50; number++)
            await PublishAsync(Messages.Task("a", $"{number}"));

        var numbers = (await received.WaitForAsync(50)).Select(Messages.Text);
        numbers.ShouldBe(Enumerable.Range(0, 50).Select(number => $"{number}"));
    }

    [Fact]
    public async Task What_is_published_while_nobody_consumes_waits_in_the_pipe()
    {
        var pipe = TaskPipe("integration.a", "#");
        var none = await Bus.SubscribeAsync(pipe, new Received().HandleAsync, CancellationToken.None);
        await none.StopAsync(TimeSpan.Zero);
        await PublishAsync(Messages.Task("waits"));

        var received = await ReceiveAsync(pipe);

        (await received.FirstAsync()).RoutingKey.ShouldBe("waits");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
