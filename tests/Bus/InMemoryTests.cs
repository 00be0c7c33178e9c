using Integration.Fixtures;

namespace Integration.Bus.Tests;

public sealed class InMemoryTests : BusContract
{
    protected override BusOptions Options { get; } = new() { Transport = BusTransport.InMemory };

    [Fact]
    public async Task What_is_returned_goes_back_to_where_it_was()
    {
        var received = await ReceiveAsync(
            TaskPipe("integration.a", "#") with
            {
                Prefetch = 1,
            },
            delivery =>
                delivery is { RoutingKey: "0", Redelivered: false } ? Settlement.Requeue : Settlement.Acknowledge
        );
        var pipe = TaskPipe("integration.b", "#");
        var stopped = await Bus.SubscribeAsync(
            pipe,
            async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );

        for (var number = 0; number < 5; number++)
            await PublishAsync(Messages.Task($"{number}"));
        (await received.WaitForAsync(6))
            .Select(delivery => delivery.RoutingKey)
            .ShouldBe(["0", "0", "1", "2", "3", "4"]);
        await Eventually.TrueAsync(() => stopped.InFlight == 5);
        await stopped.StopAsync(TimeSpan.Zero);

        var next = await ReceiveAsync(pipe with { Prefetch = 1 });
        (await next.WaitForAsync(5)).Select(delivery => delivery.RoutingKey).ShouldBe(["0", "1", "2", "3", "4"]);
    }

    [Fact]
    public async Task Times_are_as_exact_as_on_a_broker_and_no_user_is_vouched_for()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        var exact = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_999);

        await PublishAsync(
            Messages.Task("a") with
            {
                Properties = new MessageProperties { Timestamp = exact, UserId = "somebody" },
            }
        );

        (await received.FirstAsync()).Properties.ShouldBe(
            new MessageProperties { Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000) }
        );
    }

    [Fact]
    public async Task Whoever_disposes_of_a_subscription_that_stops_waits_for_its_last_deliveries()
    {
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var subscription = await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#"),
            async (_, _) =>
            {
                begun.SetResult();
                await finish.Task;
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("a"));
        await begun.Task.WaitAsync(Eventually.Patience);

        var stopping = subscription.StopAsync(Eventually.Patience);
        var disposing = Bus.DisposeAsync().AsTask();
        disposing.IsCompleted.ShouldBeFalse();
        Bus.State.ShouldBe(BusState.Connected);
        finish.SetResult();

        await stopping.WaitAsync(Eventually.Patience);
        await disposing.WaitAsync(Eventually.Patience);
        Bus.State.ShouldBe(BusState.Closed);
        await Should.ThrowAsync<ObjectDisposedException>(() => Bus.PublishAsync(Messages.Task("late"), default));
    }
}
