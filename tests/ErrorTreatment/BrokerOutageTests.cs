using System.Net;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.ErrorTreatment.Tests;

public sealed class BrokerOutageTests
{
    [Fact]
    public async Task What_an_operator_asks_for_while_the_broker_is_down_is_sent_when_it_is_back()
    {
        await using var server = new RabbitMqServer();
        await server.StartAsync();
        await using var treatment = await RunningTreatment.StartAsync(broker: server.Uri);
        await using var bus = BusFactory.Create(
            new BusOptions { Uri = server.Uri },
            "test",
            NullLoggerFactory.Instance,
            TimeProvider.System
        );
        await bus.StartAsync(TestContext.Current.CancellationToken);
        var served = 0;
        await bus.SubscribeAsync(
            new Pipe("integration.rest", [new Binding(Exchanges.Tasks, "rest.request.v1")]),
            (_, _) =>
            {
                Interlocked.Increment(ref served);
                return Task.FromResult(Settlement.Acknowledge);
            },
            TestContext.Current.CancellationToken
        );
        await bus.PublishAsync(
            treatment.Messages.Of(Events.Errored(Events.Task("outage"), Events.Access)),
            TestContext.Current.CancellationToken
        );
        await Eventually.TrueAsync(async () => await treatment.StateAsync("outage") == "parked");
        var id = (await treatment.FindAsync("outage"))!.Value.GetProperty("id").GetString();

        await server.StopAsync();
        var answer = await treatment.Client.PostAsync($"/failures/{id}/retry", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await server.StartAsync();

        await Eventually.TrueAsync(() => Volatile.Read(ref served) >= 1, TimeSpan.FromSeconds(60));
    }
}
