using Integration.Contracts;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    private static readonly Pipe _news = new("integration.news", [new Binding(Exchanges.Control, "cancel.#")])
    {
        Temporary = true,
    };

    private static OutgoingMessage News(string key) =>
        new(Exchanges.Control, key, new MessageProperties { MessageId = Messages.NewId() }, "{}"u8.ToArray());

    [Fact]
    public async Task Every_temporary_pipe_gets_the_news_even_under_the_same_name()
    {
        var first = await ReceiveAsync(_news);
        var second = await ReceiveAsync(_news);

        await PublishAsync(News("cancel.rest"));

        (await first.FirstAsync()).RoutingKey.ShouldBe("cancel.rest");
        (await second.FirstAsync()).RoutingKey.ShouldBe("cancel.rest");
    }

    [Fact]
    public async Task A_temporary_pipe_vanishes_with_its_subscription()
    {
        var received = new Received();
        var subscription = await Bus.SubscribeAsync(_news, received.HandleAsync, CancellationToken.None);
        await subscription.StopAsync(TimeSpan.Zero);

        await PublishAsync(News("cancel.rest"));

        var unrouted = await ReceiveAsync(LastResort(Exchanges.Unrouted));
        (await unrouted.FirstAsync()).Exchange.ShouldBe(Exchanges.Control);
        received.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task News_that_cannot_be_handled_come_once_more_and_then_go_to_the_dead_letters()
    {
        var received = await ReceiveAsync(_news, _ => Settlement.Requeue);
        var dead = await ReceiveAsync(LastResort(Exchanges.Dead));

        await PublishAsync(News("cancel.rest"));

        (await dead.FirstAsync()).RoutingKey.ShouldBe("cancel.rest");
        received.All.Count.ShouldBe(2);
    }
}
