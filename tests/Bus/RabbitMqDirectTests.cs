using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public class RabbitMqDirectTests(Broker broker) : RabbitMqContract(broker, BusTransport.RabbitMq)
{
    [Fact]
    public async Task A_publish_without_permission_fails_with_the_name_of_the_exchange_and_harms_no_other()
    {
        await using var restricted = BusFactory.Create(
            new BusOptions { Transport = Options.Transport, Uri = RabbitMqServer.WithoutPermission(Options.Uri) },
            "restricted",
            new TestLog(),
            TimeProvider.System
        );
        await restricted.StartAsync(TestContext.Current.CancellationToken);
        var received = await ReceiveAsync(TaskPipe("integration.a", "#"));

        var forbidden = restricted.PublishAsync(
            Messages.Task("a") with
            {
                Exchange = Exchanges.Control,
            },
            TestContext.Current.CancellationToken
        );
        var allowed = Enumerable
            .Range(0, 50)
            .Select(n => restricted.PublishAsync(Messages.Task("a", $"{n}"), TestContext.Current.CancellationToken));

        var refused = await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            forbidden.WaitAsync(Eventually.Patience)
        );
        refused.Message.ShouldContain(Exchanges.Control);
        await Task.WhenAll(allowed).WaitAsync(Eventually.Patience);
        await received.WaitForAsync(50);
    }
}

public sealed class RabbitMq4DirectTests(Broker4 broker) : RabbitMqDirectTests(broker);
