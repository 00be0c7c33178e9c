using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    [Fact]
    public async Task Stopping_waits_for_what_is_in_flight_and_acknowledges_it()
    {
        var pipe = TaskPipe("integration.a", "#");
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var subscription = await Bus.SubscribeAsync(
            pipe,
            async (_, cancellation) =>
            {
                begun.SetResult();
                await finish.Task.WaitAsync(cancellation);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("first"));
        await begun.Task.WaitAsync(Eventually.Patience);
        subscription.InFlight.ShouldBe(1);

        var stopping = subscription.StopAsync(Eventually.Patience);
        stopping.IsCompleted.ShouldBeFalse();
        finish.SetResult();
        await stopping.WaitAsync(Eventually.Patience);

        subscription.InFlight.ShouldBe(0);
        var next = await ReceiveAsync(pipe);
        await PublishAsync(Messages.Task("second"));
        (await next.FirstAsync()).RoutingKey.ShouldBe("second");
    }

    [Fact]
    public async Task After_the_grace_period_the_rest_is_cancelled_and_returned()
    {
        var pipe = TaskPipe("integration.a", "#");
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var subscription = await Bus.SubscribeAsync(
            pipe,
            async (_, cancellation) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation)
                    .ContinueWith(_ => cancelled.SetResult(), CancellationToken.None);
                cancellation.ThrowIfCancellationRequested();
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("slow"));
        await begun.Task.WaitAsync(Eventually.Patience);

        await subscription.StopAsync(TimeSpan.FromMilliseconds(50)).WaitAsync(Eventually.Patience);

        cancelled.Task.IsCompleted.ShouldBeTrue();
        var next = await ReceiveAsync(pipe);
        var delivery = await next.FirstAsync();
        delivery.RoutingKey.ShouldBe("slow");
        delivery.Redelivered.ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_that_ignores_its_cancellation_cannot_hold_up_the_stop_and_loses_its_say()
    {
        var pipe = TaskPipe("integration.a", "#");
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var subscription = await Bus.SubscribeAsync(
            pipe,
            async (_, _) =>
            {
                begun.SetResult();
                await finish.Task;
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await PublishAsync(Messages.Task("stubborn"));
        await begun.Task.WaitAsync(Eventually.Patience);

        await subscription.StopAsync(TimeSpan.Zero).WaitAsync(Eventually.Patience);
        var next = await ReceiveAsync(pipe);

        (await next.FirstAsync()).RoutingKey.ShouldBe("stubborn");
        finish.SetResult();
    }

    [Fact]
    public async Task What_had_not_begun_when_stopping_goes_to_the_next_who_consumes()
    {
        var pipe = TaskPipe("integration.a", "#") with { Prefetch = 2 };
        var (handled, release) = (0, new TaskCompletionSource());
        var subscription = await Bus.SubscribeAsync(
            pipe,
            async (_, _) =>
            {
                Interlocked.Increment(ref handled);
                await release.Task;
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => PublishAsync(Messages.Task("a", $"{n}"))));
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 2);

        var stopping = subscription.StopAsync(Eventually.Patience);
        release.SetResult();
        await stopping.WaitAsync(Eventually.Patience);

        var next = await ReceiveAsync(pipe);
        await Eventually.TrueAsync(() => next.All.Count + Volatile.Read(ref handled) >= 20);
        (next.All.Count + handled).ShouldBe(20);
    }

    [Fact]
    public async Task Stopping_twice_is_no_fault()
    {
        var subscription = await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#"),
            new Received().HandleAsync,
            CancellationToken.None
        );

        await Task.WhenAll(subscription.StopAsync(TimeSpan.Zero), subscription.StopAsync(TimeSpan.Zero));
        await subscription.DisposeAsync();
    }
}
