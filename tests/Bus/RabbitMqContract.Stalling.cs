using Integration.Fixtures;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.Tests;

public abstract partial class RabbitMqContract
{
    [Fact]
    public async Task A_queue_that_delivers_nothing_any_more_is_named_until_it_does_again()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        await ReceiveAsync(TaskPipe("integration.b", "other"));
        Bus.Stalled.ShouldBeEmpty();
        await using var raw = await ConnectAsync();

        await ReplaceByAnotherAsync(raw, "integration.a");

        await Eventually.TrueAsync(() => Bus.Stalled is ["integration.a"] && Bus.State == BusState.Reconnecting);
        await raw.DeleteQueueAsync("integration.a");
        await Eventually.TrueAsync(
            () => Bus.Stalled.Count == 0 && Bus.State == BusState.Connected,
            TimeSpan.FromMinutes(2)
        );
        await PublishAsync(Messages.Task("after"));
        await received.FirstAsync();
    }

    [Fact]
    public async Task A_subscription_that_was_stopped_is_not_named_as_one_that_delivers_nothing()
    {
        var subscription = await Bus.SubscribeAsync(
            TaskPipe("integration.a", "#"),
            new Received().HandleAsync,
            CancellationToken.None
        );

        await subscription.StopAsync(TimeSpan.Zero);

        Bus.Stalled.ShouldBeEmpty();
        Bus.State.ShouldBe(BusState.Connected);
    }

    /// <summary>Its consumer declares it as well: whoever comes first has it.</summary>
    private async Task ReplaceByAnotherAsync(RawClient raw, string queue)
    {
        await Eventually.TrueAsync(async () =>
        {
            await raw.DeleteQueueAsync(queue);
            await using var other = await ConnectAsync();
            try
            {
                await other.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
                return true;
            }
            catch (OperationInterruptedException)
            {
                return false;
            }
        });
    }
}
