using Integration.Bus.MassTransit;
using Integration.Contracts;
using Integration.Fixtures;
using MassTransit;

namespace Integration.Bus.Tests;

public sealed class PipeHostingTests(Broker broker)
{
    public sealed record TeamMessage(string Text);

    [Fact]
    public async Task A_team_hosts_a_pipe_on_the_MassTransit_bus_that_it_runs_already()
    {
        var address = broker.TakeVirtualHost();
        var pipe = new Pipe("integration.team", [new Binding(Exchanges.Tasks, "team.#")]);
        var (tasks, own) = (new Received(), new TaskCompletionSource<string>());
        DeliveryHandler handler = tasks.HandleAsync;
        using var logging = new LogLines();
        var bus = global::MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(address);
            rabbit.ReceiveEndpoint(
                "team-tasks",
                endpoint => endpoint.HostPipe(pipe, handler, logging, TimeProvider.System)
            );
            rabbit.ReceiveEndpoint(
                "team-own",
                endpoint =>
                    endpoint.Handler<TeamMessage>(context =>
                    {
                        own.SetResult(context.Message.Text);
                        return Task.CompletedTask;
                    })
            );
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        var options = new BusOptions { Uri = address };
        await using var engine = Buses.Create(options, "engine");

        await engine.PublishAsync(Messages.Task("team.work.v1"), TestContext.Current.CancellationToken);
        await bus.Publish(new TeamMessage("hello"), TestContext.Current.CancellationToken);

        (await tasks.FirstAsync()).RoutingKey.ShouldBe("team.work.v1");
        (await own.Task.WaitAsync(Fixtures.Eventually.Patience)).ShouldBe("hello");
        await bus.StopAsync(TestContext.Current.CancellationToken);
    }
}
