using Integration.Contracts;
using RabbitMQ.Client;

namespace Integration.Repository.Tests.Deployment;

/// <summary>deploy/rabbitmq/check.sh on a real broker.</summary>
public sealed class BrokerCheckTests(DefinedBroker3 broker) : IClassFixture<DefinedBroker3>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_with_the_definitions_is_as_it_must_be_and_every_difference_is_told()
    {
        var (exitCode, output) = await CheckAsync();
        exitCode.ShouldBe(0, output);
        output.ShouldContain("as they must be");

        await using (var administrator = await DefinedBroker.ConnectAsync(broker.Administrator))
        await using (var channel = await administrator.CreateChannelAsync(cancellationToken: Cancellation))
        {
            await channel.ExchangeDeleteAsync(Exchanges.Control, cancellationToken: Cancellation);
            await channel.ExchangeDeleteAsync(Exchanges.Inbound, cancellationToken: Cancellation);
            await channel.ExchangeDeclareAsync(
                Exchanges.Inbound,
                ExchangeType.Topic,
                durable: true,
                cancellationToken: Cancellation
            );
            await channel.QueueUnbindAsync(
                Exchanges.Unrouted,
                Exchanges.Unrouted,
                "#",
                cancellationToken: Cancellation
            );
            await channel.QueueDeleteAsync(Exchanges.Dead, cancellationToken: Cancellation);
            await channel.QueueDeclareAsync(
                Exchanges.Dead,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
                cancellationToken: Cancellation
            );
        }

        (exitCode, output) = await CheckAsync();

        exitCode.ShouldBe(1, output);
        output.ShouldContain($"The exchange {Exchanges.Control} is missing");
        output.ShouldContain($"The exchange {Exchanges.Inbound} has no alternate exchange");
        output.ShouldContain($"The queue {Exchanges.Unrouted} is not bound");
        output.ShouldContain($"The queue {Exchanges.Dead} lacks the argument x-delivery-limit");
        output.ShouldNotContain($"lacks the argument x-queue-type");
        output.ShouldNotContain($"The exchange {Exchanges.Tasks}");
    }

    private async Task<(int ExitCode, string Output)> CheckAsync() =>
        (await Programs.TryRunAsync(broker.Control, "bash", "deploy/rabbitmq/check.sh")).ShouldNotBeNull();
}
