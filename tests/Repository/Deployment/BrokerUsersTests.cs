using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Repository.Tests.Deployment;

public sealed class BrokerUsers3Tests(DefinedBroker3 broker) : BrokerUsersTests(broker), IClassFixture<DefinedBroker3>;

public sealed class BrokerUsers4Tests(DefinedBroker4 broker) : BrokerUsersTests(broker), IClassFixture<DefinedBroker4>;

/// <summary>deploy/rabbitmq/definitions.sh on a real broker: every service can do its work, and no more.</summary>
public abstract class BrokerUsersTests(DefinedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BusTransport.RabbitMq)]
    [InlineData(BusTransport.MassTransit)]
    public async Task Every_service_can_do_its_work_by_either_adapter(string transport)
    {
        foreach (var service in ServiceRow.WithOperations.Select(row => row.Name))
        {
            await using var bus = broker.Bus(service, transport);
            await WorksAsync(
                bus,
                $"integration.{service}",
                [new(Exchanges.Tasks, $"{service}.first.v1"), new(Exchanges.Tasks, $"{service}.#")]
            );
            await WorksAsync(
                bus,
                $"integration.{service}.control.host-1.example",
                [new(Exchanges.Control, $"cancel.{service}.first"), new(Exchanges.Control, $"describe.{service}")],
                temporary: true
            );
            await PublishesAsync(bus, Exchanges.Results, "process-core", "process-core.retried", "shop");
            await PublishesAsync(bus, Exchanges.Errors, $"in-doubt.{service}.first", "data.unknown");
            await PublishesAsync(bus, Exchanges.Control, $"announce.{service}", $"heartbeat.{service}");
        }
    }

    [Theory]
    [InlineData(BusTransport.RabbitMq)]
    [InlineData(BusTransport.MassTransit)]
    public async Task The_process_core_can_do_its_work_by_either_adapter(string transport)
    {
        await using var bus = broker.Bus("process-core", transport);
        await WorksAsync(
            bus,
            "integration.process-core",
            [
                new(Exchanges.Results, "process-core.#"),
                new(Exchanges.Inbound, "start.#"),
                new(Exchanges.Inbound, "message.#"),
                new(Exchanges.Inbound, "engine.process-core.#"),
            ]
        );
        await WorksAsync(
            bus,
            "integration.process-core.catalogue",
            [new(Exchanges.Control, "announce.#"), new(Exchanges.Control, "heartbeat.#")]
        );
        // It is no longer the default engine.
        await WorksAsync(
            bus,
            "integration.process-core",
            [new(Exchanges.Results, "process-core.#"), new(Exchanges.Inbound, "engine.process-core.#")],
            unbound: [new(Exchanges.Inbound, "start.#"), new(Exchanges.Inbound, "message.#")]
        );
        (await KeysAsync("integration.process-core", Exchanges.Inbound)).ShouldBe(["engine.process-core.#"]);
        await PublishesAsync(bus, Exchanges.Tasks, "rest.request.v1", "crm.customer.v2");
        await PublishesAsync(bus, Exchanges.Errors, "connectivity.mail.send", "data.unknown");
        await PublishesAsync(bus, Exchanges.Control, "cancel.mail.send", "describe.rest");
        // What became of an instance, to whoever started it.
        await PublishesAsync(bus, Exchanges.Results, "gateway");
    }

    [Theory]
    [InlineData(BusTransport.RabbitMq)]
    [InlineData(BusTransport.MassTransit)]
    public async Task Error_treatment_can_do_its_work_by_either_adapter(string transport)
    {
        await using var bus = broker.Bus("error-treatment", transport);
        await WorksAsync(
            bus,
            "integration.error-treatment",
            [new(Exchanges.Errors, "#"), new(Exchanges.Results, "*.retried"), new(Exchanges.Control, "cancel.#")]
        );
        await WorksAsync(bus, "integration.unrouted", [new(Exchanges.Unrouted, "#")]);
        await WorksAsync(bus, "integration.dead", [new(Exchanges.Dead, "#")]);
        await PublishesAsync(bus, Exchanges.Tasks, "mail.send.v1");
        await PublishesAsync(bus, Exchanges.Results, "process-core", "shop.retried");
        await PublishesAsync(bus, Exchanges.Errors, "data.mail.send");
        await PublishesAsync(bus, Exchanges.Control, "cancel.mail.send");
        await PublishesAsync(bus, Exchanges.Inbound, "start.order");
    }

    [Fact]
    public async Task A_persons_tool_sends_tasks_as_an_engine_of_its_own_name_and_starts_processes()
    {
        await using var bus = broker.Bus("sender");
        await WorksAsync(bus, "integration.sender", [new(Exchanges.Results, "sender.#")]);
        await PublishesAsync(bus, Exchanges.Tasks, "mail.send.v1");
        await PublishesAsync(bus, Exchanges.Inbound, "start.order", "engine.process-core.message.paid");

        await BindRefusedAsync("sender", Exchanges.Results, "process-core.#");
        await BindRefusedAsync("sender", Exchanges.Inbound, "start.#");
        await RefusedAsync("sender", Publish(Exchanges.Control, "describe.rest"));
    }

    [Fact]
    public async Task A_persons_tool_that_watches_sees_queues_and_changes_nothing()
    {
        using var http = broker.Management("watcher", broker.PasswordOf("watcher"));
        using var queues = await http.GetAsync(new Uri("api/queues", UriKind.Relative), Cancellation);
        (await queues.Content.ReadAsStringAsync(Cancellation)).ShouldContain("integration.dead");
        using var deletion = await http.DeleteAsync(
            new Uri("api/queues/%2F/integration.dead", UriKind.Relative),
            Cancellation
        );
        deletion.StatusCode.ShouldNotBe(HttpStatusCode.NoContent);

        await RefusedAsync("watcher", Publish(Exchanges.Tasks, "rest.request.v1"));
        await RefusedAsync("watcher", Get("integration.dead"));
    }

    [Theory]
    [InlineData("rest", "mail")]
    [InlineData("mail", "rest")]
    [InlineData("s3", "sql")]
    public async Task A_service_can_forge_nothing_that_the_broker_can_see(string user, string other)
    {
        await using (var owner = broker.Bus(other))
            await WorksAsync(owner, $"integration.{other}", []);
        var own = $"integration.{user}.spy";

        await RefusedAsync(user, Publish(Exchanges.Tasks, $"{other}.send.v1"));
        await RefusedAsync(user, Publish(Exchanges.Tasks, $"{user}.request.v1"));
        await RefusedAsync(user, Publish(Exchanges.Inbound, "start.order"));
        await RefusedAsync(user, Publish(Exchanges.Unrouted, $"{other}.send.v1"));
        await RefusedAsync(user, Publish(Exchanges.Dead, $"{other}.send.v1"));
        await RefusedAsync(user, Publish(Exchanges.Dead, $"{user}.request.v1"));
        await RefusedAsync(user, Publish(Exchanges.Control, $"cancel.{other}.send"));
        await RefusedAsync(user, Publish(Exchanges.Control, $"cancel.{user}.request"));
        await RefusedAsync(user, Publish(Exchanges.Control, $"announce.{other}"));
        await RefusedAsync(user, Publish(Exchanges.Control, $"heartbeat.{user}.more"));
        await RefusedAsync(user, Publish(Exchanges.Control, $"describe.{other}"));
        await RefusedAsync(user, Publish(Exchanges.Errors, $"data.{other}.send"));
        await RefusedAsync(user, Publish(Exchanges.Errors, $"data.{user}aurant.order"));
        await RefusedAsync(user, Publish(Exchanges.Results, "process-core.retried.more"));
        await RefusedAsync(user, Publish("", $"integration.{other}"));
        await RefusedAsync(user, Publish("", "integration.dead"));

        await BindRefusedAsync(user, Exchanges.Tasks, "#");
        await BindRefusedAsync(user, Exchanges.Tasks, "*.send.v1");
        await BindRefusedAsync(user, Exchanges.Tasks, $"{other}.#");
        await BindRefusedAsync(user, Exchanges.Tasks, $"{user}");
        await BindRefusedAsync(user, Exchanges.Control, "#");
        await BindRefusedAsync(user, Exchanges.Control, "cancel.#");
        await BindRefusedAsync(user, Exchanges.Control, $"cancel.{other}.#");
        await BindRefusedAsync(user, Exchanges.Results, "process-core.#");
        await BindRefusedAsync(user, Exchanges.Errors, "#");
        await BindRefusedAsync(user, Exchanges.Inbound, "start.#");
        await BindRefusedAsync(user, Exchanges.Unrouted, "#");
        await BindRefusedAsync(user, Exchanges.Dead, "#");
        await RefusedAsync(user, channel => BindExchangeAsync(channel, own, Exchanges.Tasks, "#"));
        await RefusedAsync(user, channel => BindExchangeAsync(channel, own, Exchanges.Control, "#"));

        foreach (var queue in new[] { $"integration.{other}", "integration.dead", "integration.unrouted" })
        {
            await RefusedAsync(user, Get(queue));
            await RefusedAsync(user, channel => channel.QueuePurgeAsync(queue, Cancellation));
            await RefusedAsync(user, channel => channel.QueueDeleteAsync(queue, cancellationToken: Cancellation));
        }

        foreach (var exchange in Exchanges.Published.Append(Exchanges.Dead).Append(Exchanges.Unrouted))
            await RefusedAsync(user, channel => channel.ExchangeDeleteAsync(exchange, cancellationToken: Cancellation));
        await RefusedAsync(user, channel => DeclareAsync(channel, $"integration.{user}aurant"));
        await RefusedAsync(user, channel => DeclareAsync(channel, own, "x-dead-letter-exchange", Exchanges.Tasks));
        await RefusedAsync(user, channel => DeclareAsync(channel, own, "x-dead-letter-exchange", Exchanges.Inbound));
        await RefusedAsync(user, channel => DeclareAsync(channel, own, "x-dead-letter-exchange", Exchanges.Unrouted));
        await RefusedAsync(
            user,
            channel =>
                channel.ExchangeDeclareAsync(
                    own + ".alternate",
                    ExchangeType.Topic,
                    arguments: new Dictionary<string, object?> { ["alternate-exchange"] = Exchanges.Tasks },
                    cancellationToken: Cancellation
                )
        );
        await RefusedAsync(
            user,
            channel =>
                channel
                    .BasicPublishAsync(
                        Exchanges.Results,
                        "process-core",
                        mandatory: false,
                        new BasicProperties { UserId = other },
                        "{}"u8.ToArray(),
                        Cancellation
                    )
                    .AsTask(),
            Constants.PreconditionFailed
        );
    }

    [Theory]
    [InlineData("process-core")]
    [InlineData("error-treatment")]
    [InlineData("rest")]
    [InlineData("sender")]
    [InlineData("watcher")]
    public async Task Nobody_deletes_or_changes_what_belongs_to_everybody(string user)
    {
        foreach (var exchange in Exchanges.Published.Append(Exchanges.Dead).Append(Exchanges.Unrouted))
        {
            await RefusedAsync(user, channel => channel.ExchangeDeleteAsync(exchange, cancellationToken: Cancellation));
            // What a service of the previous release does at its start: see deploy/README.md.
            await RefusedAsync(
                user,
                channel =>
                    channel.ExchangeDeclareAsync(
                        exchange,
                        ExchangeType.Topic,
                        durable: true,
                        cancellationToken: Cancellation
                    )
            );
        }

        foreach (var last in new[] { Exchanges.Dead, Exchanges.Unrouted })
        {
            await RefusedAsync(user, channel => channel.QueueDeleteAsync(last, cancellationToken: Cancellation));
            await RefusedAsync(user, Publish(last, "rest.request.v1"));
        }
    }

    [Fact]
    public async Task What_a_service_refuses_is_dead_lettered_though_nobody_may_publish_there()
    {
        await using var rest = broker.Bus("rest");
        await using var subscription = await rest.SubscribeAsync(
            new Pipe("integration.rest.refusing", [new Binding(Exchanges.Tasks, "rest.refused.v1")]),
            (_, _) => Task.FromResult(Settlement.DeadLetter),
            Cancellation
        );
        await using var core = broker.Bus("process-core");
        await PublishesAsync(core, Exchanges.Tasks, "rest.refused.v1");

        await using var treatment = broker.Bus("error-treatment");
        var dead = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var reading = await treatment.SubscribeAsync(
            new Pipe("integration.dead", [new Binding(Exchanges.Dead, "#")]),
            (delivery, _) =>
            {
                if (delivery.RoutingKey == "rest.refused.v1")
                    dead.TrySetResult(delivery);
                return Task.FromResult(Settlement.Acknowledge);
            },
            Cancellation
        );

        var delivery = await dead.Task.WaitAsync(Eventually.Patience, Cancellation);
        delivery.Exchange.ShouldBe(Exchanges.Tasks);
        delivery.Properties.UserId.ShouldBe("process-core");
        delivery.Death!.Queue.ShouldBe("integration.rest.refusing");
    }

    [Theory]
    [InlineData(BusTransport.RabbitMq)]
    [InlineData(BusTransport.MassTransit)]
    public async Task A_binding_that_the_user_may_not_make_fails_with_the_grant_that_is_missing(string transport)
    {
        await using var bus = broker.Bus("rest", transport);

        var refused = await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            bus.SubscribeAsync(
                    new Pipe("integration.rest.own", [new Binding(Exchanges.Tasks, "mail.#")]),
                    (_, _) => Task.FromResult(Settlement.Acknowledge),
                    Cancellation
                )
                .WaitAsync(Eventually.Patience, Cancellation)
        );

        refused.Message.ShouldContain("'rest'");
        refused.Message.ShouldContain("'mail.#'");
        refused.Message.ShouldContain(Exchanges.Tasks);
    }

    [Fact]
    public async Task A_service_that_finds_an_exchange_missing_ends_and_names_the_missing_grant_in_one_line()
    {
        await using (var administrator = await DefinedBroker.ConnectAsync(broker.Administrator))
        await using (var channel = await administrator.CreateChannelAsync(cancellationToken: Cancellation))
            await channel.ExchangeDeleteAsync(Exchanges.Inbound, cancellationToken: Cancellation);
        try
        {
            await using var service = ServiceProcess.Launch(
                "Rest",
                new Dictionary<string, string> { ["Bus__Uri"] = broker.AddressOf("rest").ToString() }
            );

            (await service.Ended.WaitAsync(Eventually.Patience, Cancellation)).ShouldBe(1);
            var line = service.Log.Split('\n').Single(line => line.Contains("cannot start", StringComparison.Ordinal));
            line.ShouldContain($"configure on '{Exchanges.Inbound}'");
            line.ShouldContain("deploy/rabbitmq");
            service.Log.ShouldNotContain("   at Integration.");
            // On MassTransit, which the service has not, it is the bus that says so.
            await using var massTransit = broker.Bus("rest", BusTransport.MassTransit);
            var refused = await Should.ThrowAsync<UnauthorizedAccessException>(() =>
                massTransit.StartAsync(Cancellation)
            );
            line.ShouldContain(refused.Message);
        }
        finally
        {
            await broker.ImportAsync(await broker.DefinitionsAsync());
        }
    }

    [Fact]
    public async Task The_definitions_hold_no_password()
    {
        var definitions = await broker.DefinitionsAsync();

        broker.Passwords.Values.ShouldAllBe(password => !definitions.Contains(password, StringComparison.Ordinal));
    }

    private static async Task WorksAsync(
        IBus bus,
        string queue,
        IReadOnlyList<Binding> bindings,
        bool temporary = false,
        IReadOnlyList<Binding>? unbound = null
    )
    {
        await using var subscription = await bus.SubscribeAsync(
                new Pipe(queue, bindings) { Temporary = temporary, Unbound = unbound ?? [] },
                (_, _) => Task.FromResult(Settlement.Acknowledge),
                Cancellation
            )
            .WaitAsync(Eventually.Patience, Cancellation);
    }

    /// <summary>By which keys an exchange brings messages to a queue.</summary>
    private async Task<IReadOnlyList<string?>> KeysAsync(string queue, string exchange)
    {
        using var management = broker.Management("guest", "guest");
        var bindings = await management.GetFromJsonAsync<JsonElement>(
            new Uri($"api/bindings/%2F/e/{exchange}/q/{queue}", UriKind.Relative),
            Cancellation
        );
        return [.. bindings.EnumerateArray().Select(binding => binding.GetProperty("routing_key").GetString())];
    }

    private static async Task PublishesAsync(IBus bus, string exchange, params string[] keys)
    {
        foreach (var key in keys)
        {
            var properties = new MessageProperties { MessageId = Guid.NewGuid().ToString(), Type = "test" };
            await bus.PublishAsync(new OutgoingMessage(exchange, key, properties, "{}"u8.ToArray()), Cancellation)
                .WaitAsync(Eventually.Patience, Cancellation);
        }
    }

    private async Task RefusedAsync(string user, Func<IChannel, Task> attempt, int code = Constants.AccessRefused)
    {
        await using var connection = await broker.ConnectAsync(user);
        var confirms = new CreateChannelOptions(true, true, null);
        await using var channel = await connection.CreateChannelAsync(confirms, Cancellation);
        var error = await Should.ThrowAsync<OperationInterruptedException>(() => attempt(channel));
        error.ShutdownReason!.ReplyCode.ShouldBe((ushort)code);
    }

    private static Func<IChannel, Task> Publish(string exchange, string key) =>
        channel => channel.BasicPublishAsync(exchange, key, "{}"u8.ToArray(), Cancellation).AsTask();

    private static Func<IChannel, Task> Get(string queue) =>
        channel => channel.BasicGetAsync(queue, autoAck: false, Cancellation);

    private Task BindRefusedAsync(string user, string exchange, string pattern) =>
        RefusedAsync(
            user,
            async channel =>
            {
                var queue = $"integration.{user}.{Guid.NewGuid():N}";
                await channel.QueueDeclareAsync(queue, exclusive: true, cancellationToken: Cancellation);
                await channel.QueueBindAsync(queue, exchange, pattern, cancellationToken: Cancellation);
            }
        );

    private static async Task BindExchangeAsync(IChannel channel, string own, string source, string pattern)
    {
        await channel.ExchangeDeclareAsync(own, ExchangeType.Topic, cancellationToken: Cancellation);
        await channel.ExchangeBindAsync(own, source, pattern, cancellationToken: Cancellation);
    }

    private static Task DeclareAsync(
        IChannel channel,
        string queue,
        string argument = "x-dead-letter-exchange",
        string value = Exchanges.Dead
    ) =>
        channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { [argument] = value },
            cancellationToken: Cancellation
        );
}
