using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Real;

/// <summary>The core on a real broker, as it is deployed: its own bus and a file as its database.</summary>
public sealed class RabbitMqTests(RabbitMqServer server) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new("core");
    private readonly Uri _uri = server.TakeVirtualHost();

    public void Dispose() => _folder.Dispose();

    private Task<Core> StartAsync(params string[] settings) =>
        Core.StartAsync($"Data Source={_folder.Combine("core.db")}", bus: null, [$"--Bus:Uri={_uri}", .. settings]);

    private static Drawing FourTasks() =>
        new Drawing()
            .Start()
            .Service("First", inputs: [("number", "=number")])
            .Parallel("Fork")
            .Service("Left")
            .Service("Right")
            .Parallel("Join")
            .Service("Last")
            .End()
            .Flow("Start", "First", "Fork", "Left", "Join", "Last", "End")
            .Flow("Fork", "Right", "Join");

    [Fact]
    public async Task Many_instances_run_to_their_end_and_every_task_is_asked_for_once()
    {
        await using var service = await Service.StartAsync(_uri);
        await using var core = await StartAsync();
        await core.DeployAsync(FourTasks());

        var instances = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(number => core.BeginAsync(variables: new { number }))
        );

        foreach (var instance in instances)
            await core.EndedAsync(instance);
        service.Seen.Count.ShouldBe(400);
        service.Seen.Values.ShouldAllBe(count => count == 1);
        await Eventually.TrueAsync(async () => await core.CountAsync("outbox") == 0);
    }

    [Fact]
    public async Task A_broker_that_is_killed_in_the_middle_loses_nothing()
    {
        await using var service = await Service.StartAsync(_uri);
        await using var core = await StartAsync("--Core:OutboxLease=00:00:02");
        await core.DeployAsync(FourTasks());
        // A quorum queue must be older than half a second to survive a kill on 3.10: it notes its name that often.
        await RunAsync(core, await BeginAsync(core));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        var before = await BeginAsync(core);
        await server.KillAsync();
        // Taken while no broker is there: their tasks wait in the outbox.
        var meanwhile = await BeginAsync(core);
        await server.StartAsync();

        await RunAsync(core, [.. before, .. meanwhile]);
        service.Seen.Count.ShouldBe(240);
    }

    private static Task<string[]> BeginAsync(Core core) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(number => core.BeginAsync(variables: new { number })));

    private static Task RunAsync(Core core, string[] instances) =>
        Eventually.PassesAsync(
            async () =>
            {
                foreach (var instance in instances)
                    (await core.StateAsync(instance)).ShouldBe(
                        "completed",
                        (await core.ShowAsync(instance)).ToString()
                    );
            },
            TimeSpan.FromSeconds(90)
        );

    [Fact]
    public async Task Starts_and_messages_come_over_the_broker()
    {
        await using var service = await Service.StartAsync(_uri);
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing()
                .Start()
                .Receive("Payment", "payment")
                .Service("Ship")
                .End()
                .Flow("Start", "Payment", "Ship", "End")
        );
        var messages = new EventMessages("test", TimeProvider.System);

        var variables = System.Text.Json.JsonSerializer.SerializeToElement(new { orderId = "A1" });
        await service.PublishAsync(messages.Of(new MessageReceived("payment", variables, "m1", "A1")));
        await service.PublishAsync(messages.Of(new ProcessStart("order", variables, "s1", "CR-17")));

        await Eventually.TrueAsync(async () =>
            (await core.GetAsync("/instances?state=completed&businessKey=CR-17")).GetArrayLength() == 1
        );
    }

    [Fact]
    public async Task What_it_cannot_read_reaches_error_treatment()
    {
        await using var treatment = Service.Connect(_uri);
        await treatment.StartAsync(CancellationToken.None);
        var errors = new System.Collections.Concurrent.ConcurrentQueue<TaskErrored>();
        await treatment.SubscribeAsync(
            new Pipe("integration.test-treatment", [new Binding(Exchanges.Errors, "#")]),
            (delivery, _) =>
            {
                delivery
                    .TryRead(ContractJson.Default.TaskErrored, Limits.Body, out var error, out var _)
                    .ShouldBeTrue();
                errors.Enqueue(error!);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        await using var core = await StartAsync();

        await treatment.PublishAsync(
            new OutgoingMessage(
                Exchanges.Results,
                "process-core.retried",
                new MessageProperties
                {
                    Type = EventTypes.TaskCompleted,
                    MessageId = "m1",
                    CorrelationId = "t1",
                },
                "{\"taskId\": 5}"u8.ToArray()
            ),
            CancellationToken.None
        );

        await Eventually.TrueAsync(() => errors.Count == 1);
        errors.Single().Source!.CorrelationId.ShouldBe("t1");
        errors.Single().Error.Code.ShouldBe(ErrorCodes.MalformedMessage);
    }
}
