using Integration.Contracts;
using Integration.Fixtures;
using RabbitMQ.Client;

namespace Integration.Bus.Tests;

/// <summary>What every adapter on RabbitMQ promises beyond <see cref="BusContract"/>: what others on the broker see.</summary>
public abstract partial class RabbitMqContract(Broker broker, string transport) : BusContract
{
    protected sealed override BusOptions Options { get; } =
        new() { Transport = transport, Uri = broker.TakeVirtualHost() };

    protected sealed override string? User => "guest";

    private Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Options.Uri);

    [Fact]
    public async Task The_exchanges_and_the_two_last_queues_are_there_as_soon_as_the_bus_has_started()
    {
        await using var raw = await ConnectAsync();

        foreach (var exchange in Exchanges.Published)
        {
            var arguments = new Dictionary<string, object?> { ["alternate-exchange"] = "integration.unrouted" };
            (await raw.HasExchangeAsync(exchange, arguments)).ShouldBeTrue(exchange);
        }

        foreach (var last in new[] { "integration.unrouted", "integration.dead" })
        {
            (await raw.HasExchangeAsync(last, arguments: null)).ShouldBeTrue(last);
            (await raw.HasQueueAsync(last, QueueArguments(int.MaxValue))).ShouldBeTrue(last);
        }
    }

    [Fact]
    public async Task A_pipe_is_a_quorum_queue_that_loses_nothing()
    {
        await ReceiveAsync(TaskPipe("integration.a", "#") with { DeliveryLimit = 5 });

        await using var raw = await ConnectAsync();
        (await raw.HasQueueAsync("integration.a", QueueArguments(5))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_queue_that_exists_with_other_arguments_is_refused_by_name()
    {
        await using var raw = await ConnectAsync();
        await raw.Channel.QueueDeclareAsync("integration.a", durable: true, exclusive: false, autoDelete: false);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            ReceiveAsync(TaskPipe("integration.a", "#"))
        );

        refused.Message.ShouldContain("integration.a");
        refused.Message.ShouldContain("Delete the queue");
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_its_consumer_is_declared_and_consumed_again()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        await using var raw = await ConnectAsync();

        await raw.DeleteQueueAsync("integration.a");

        await Eventually.TrueAsync(async () =>
        {
            await PublishAsync(Messages.Task("after"));
            return received.All.Count > 0;
        });
    }

    [Fact]
    public async Task A_message_of_a_foreign_client_without_any_property_is_delivered()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        await using var raw = await ConnectAsync();

        await raw.Channel.BasicPublishAsync(Exchanges.Tasks, "foreign", "{}"u8.ToArray());

        var delivery = await received.FirstAsync();
        delivery.Properties.ShouldBe(new MessageProperties { ContentType = null });
        delivery.Text().ShouldBe("{}");
    }

    [Fact]
    public async Task Headers_of_a_foreign_client_that_are_not_what_they_should_be_do_no_harm()
    {
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));
        await using var raw = await ConnectAsync();
        var headers = new Dictionary<string, object?>
        {
            ["traceparent"] = 17,
            ["tracestate"] = null,
            ["x-death"] = "not a list",
            ["other"] = new Dictionary<string, object?> { ["nested"] = true },
        };

        await raw.Channel.BasicPublishAsync(
            Exchanges.Tasks,
            "foreign",
            mandatory: false,
            new BasicProperties { Headers = headers },
            "{}"u8.ToArray()
        );

        var delivery = await received.FirstAsync();
        delivery.Properties.TraceParent.ShouldBeNull();
        delivery.Death.ShouldBeNull();
        delivery.RoutingKey.ShouldBe("foreign");
    }

    private static Dictionary<string, object?> QueueArguments(int deliveryLimit) =>
        new()
        {
            ["x-queue-type"] = "quorum",
            ["x-dead-letter-exchange"] = "integration.dead",
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
            ["x-delivery-limit"] = deliveryLimit,
        };
}
