using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class BusContract
{
    [Fact]
    public async Task Thousands_of_publishes_at_once_are_all_confirmed_and_delivered()
    {
        const int Count = 5_000;
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));

        await Task.WhenAll(Enumerable.Range(0, Count).Select(n => PublishAsync(Messages.Task("a", $"{n}"))));

        (await received.WaitForAsync(Count)).Select(Messages.Text).Distinct().Count().ShouldBe(Count);
    }

    [Fact]
    public async Task A_publish_that_was_given_up_before_it_began_throws()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Bus.PublishAsync(Messages.Task("a"), cancelled));
    }

    [Fact]
    public async Task Publishing_to_an_exchange_that_is_not_of_the_contract_is_refused_by_name()
    {
        var message = Messages.Task("a") with { Exchange = "integration.typo" };

        var refused = await Should.ThrowAsync<ArgumentException>(() => Bus.PublishAsync(message, default));

        refused.Message.ShouldContain("integration.typo");
        refused.Message.ShouldContain(Exchanges.Tasks);
    }

    [Fact]
    public async Task A_name_that_no_broker_takes_is_refused_before_it_is_sent()
    {
        var tooLong = new string('ä', 128);

        (
            await Should.ThrowAsync<ArgumentException>(() => Bus.PublishAsync(Messages.Task(tooLong), default))
        ).Message.ShouldContain("routing key");
        var message = Messages.Task("a") with { Properties = new MessageProperties { CorrelationId = tooLong } };
        (await Should.ThrowAsync<ArgumentException>(() => Bus.PublishAsync(message, default))).Message.ShouldContain(
            "CorrelationId"
        );
    }

    [Theory]
    [InlineData(0, 1, "prefetch")]
    [InlineData(65_536, 1, "prefetch")]
    [InlineData(1, 0, "delivery limit")]
    public async Task A_pipe_with_impossible_numbers_is_refused(int prefetch, int limit, string named)
    {
        var pipe = TaskPipe("integration.a", "#") with { Prefetch = prefetch, DeliveryLimit = limit };

        var refused = await Should.ThrowAsync<ArgumentException>(() =>
            Bus.SubscribeAsync(pipe, new Received().HandleAsync, default)
        );

        refused.Message.ShouldContain(named);
    }

    [Fact]
    public async Task A_bus_that_nobody_has_started_starts_with_the_first_publish()
    {
        await using var bus = Create();

        await bus.PublishAsync(Messages.Task("a"), TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Patience);

        bus.State.ShouldBe(BusState.Connected);
    }

    [Fact]
    public async Task The_state_says_whether_messages_can_flow()
    {
        var bus = Create();
        bus.State.ShouldBe(BusState.Connecting);
        await bus.StartAsync(TestContext.Current.CancellationToken);
        await bus.StartAsync(TestContext.Current.CancellationToken);
        bus.State.ShouldBe(BusState.Connected);

        await bus.DisposeAsync();

        bus.State.ShouldBe(BusState.Closed);
        await Should.ThrowAsync<ObjectDisposedException>(() => bus.PublishAsync(Messages.Task("a"), default));
    }
}
