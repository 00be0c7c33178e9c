using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Integration.Repository.Tests.Deployment;

public sealed class BrokerUpgrade3Tests() : BrokerUpgradeTests(RabbitMqRelease.Installed);

public sealed class BrokerUpgrade4Tests() : BrokerUpgradeTests(RabbitMqRelease.Four);

/// <summary>
/// A volume with the users, permissions, queues and messages of the previous release gets the definitions of this one. The
/// previous definitions are in <c>previous-definitions.json</c>, as their script printed them.
/// </summary>
public abstract class BrokerUpgradeTests(RabbitMqRelease release) : IAsyncLifetime
{
    private readonly PreviousBroker _broker = new(release);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _broker.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_old_volume_keeps_its_messages_and_gets_the_narrower_permissions()
    {
        await LeaveAsThePreviousReleaseDoesAsync();

        // Services are upgraded first: this release works with the previous definitions.
        await using (var early = _broker.Previous("rest"))
            await TakesAsync(early, "integration.rest", Exchanges.Tasks, "rest.#", count: 1);

        await _broker.ImportAsync(await _broker.DefinitionsAsync());

        await using var rest = _broker.Bus("rest");
        await TakesAsync(rest, "integration.rest", Exchanges.Tasks, "rest.#", count: 2);
        await using var treatment = _broker.Bus("error-treatment");
        await TakesAsync(treatment, "integration.unrouted", Exchanges.Unrouted, "#", count: 1);
        await TakesAsync(treatment, "integration.dead", Exchanges.Dead, "#", count: 1);
        await using var core = _broker.Bus("process-core");
        await core.StartAsync(Cancellation);
        var forbidden = new OutgoingMessage(
            Exchanges.Control,
            "cancel.mail.send",
            new MessageProperties(),
            "{}"u8.ToArray()
        );
        await Should.ThrowAsync<UnauthorizedAccessException>(() => rest.PublishAsync(forbidden, Cancellation));
    }

    /// <summary>It declares everything, and its messages bear no user. Three tasks wait, one is unrouted, one is dead.</summary>
    private async Task LeaveAsThePreviousReleaseDoesAsync()
    {
        await using var service = await DefinedBroker.ConnectAsync(_broker.PreviousAddressOf("rest"));
        await using var rest = await service.CreateChannelAsync(cancellationToken: Cancellation);
        foreach (var last in new[] { Exchanges.Unrouted, Exchanges.Dead })
        {
            await rest.ExchangeDeclareAsync(last, ExchangeType.Topic, durable: true, cancellationToken: Cancellation);
            await DeclareAsync(rest, last, int.MaxValue);
            await rest.QueueBindAsync(last, last, "#", cancellationToken: Cancellation);
        }

        foreach (var exchange in Exchanges.Published)
            await rest.ExchangeDeclareAsync(
                exchange,
                ExchangeType.Topic,
                durable: true,
                arguments: new Dictionary<string, object?> { ["alternate-exchange"] = Exchanges.Unrouted },
                cancellationToken: Cancellation
            );
        await DeclareAsync(rest, "integration.rest", 20);
        await rest.QueueBindAsync(
            "integration.rest",
            Exchanges.Tasks,
            "rest.request.v1",
            cancellationToken: Cancellation
        );

        await using var engine = await DefinedBroker.ConnectAsync(_broker.PreviousAddressOf("process-core"));
        await using var core = await engine.CreateChannelAsync(
            new CreateChannelOptions(true, true, null),
            Cancellation
        );
        foreach (
            var key in new[] { "rest.request.v1", "rest.request.v1", "rest.request.v1", "rest.request.v1", "nobody.v1" }
        )
            await core.BasicPublishAsync(
                Exchanges.Tasks,
                key,
                mandatory: false,
                new BasicProperties { DeliveryMode = DeliveryModes.Persistent },
                Encoding.UTF8.GetBytes(key),
                Cancellation
            );
        var dead = await Eventually.GetAsync(() =>
            rest.BasicGetAsync("integration.rest", autoAck: false, Cancellation)
        );
        await rest.BasicRejectAsync(dead.DeliveryTag, requeue: false, Cancellation);
        await Eventually.TrueAsync(async () => await rest.MessageCountAsync("integration.dead", Cancellation) == 1);
    }

    private static Task DeclareAsync(IChannel channel, string queue, int deliveryLimit) =>
        channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-dead-letter-exchange"] = "integration.dead",
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
                ["x-delivery-limit"] = deliveryLimit,
            },
            cancellationToken: Cancellation
        );

    /// <summary>Takes exactly so many, one after the other, and leaves the rest.</summary>
    private static async Task TakesAsync(IBus bus, string queue, string exchange, string pattern, int count)
    {
        var taken = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await bus.SubscribeAsync(
            new Pipe(queue, [new Binding(exchange, pattern)]) { Prefetch = 1 },
            (_, _) =>
            {
                var number = Interlocked.Increment(ref taken);
                if (number == count)
                    done.TrySetResult();
                return Task.FromResult(number <= count ? Settlement.Acknowledge : Settlement.Requeue);
            },
            Cancellation
        );
        await done.Task.WaitAsync(Eventually.Patience, Cancellation);
    }

    /// <summary>With the definitions of the previous release.</summary>
    private sealed class PreviousBroker(RabbitMqRelease release) : DefinedBroker(release)
    {
        protected override Task<string> InitialAsync() =>
            File.ReadAllTextAsync(
                RepositoryFolder.File("tests/Repository/Deployment/previous-definitions.json"),
                Cancellation
            );

        public Uri PreviousAddressOf(string user) =>
            new UriBuilder(Administrator) { UserName = user, Password = "previous-password-0" }.Uri;

        public IBus Previous(string user) =>
            BusFactory.Create(
                new BusOptions { Uri = PreviousAddressOf(user) },
                user,
                NullLoggerFactory.Instance,
                TimeProvider.System
            );
    }
}
