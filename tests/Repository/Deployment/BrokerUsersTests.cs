using System.Net.Http.Headers;
using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Repository.Tests.Deployment;

/// <summary>deploy/rabbitmq/definitions.sh on a real broker: every service can do its work, and no more.</summary>
public sealed class BrokerUsersTests : IAsyncLifetime
{
    private readonly RabbitMqServer _server = new() { Management = true };
    private readonly Dictionary<string, string> _passwords = Programs.Passwords();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        var definitions = await Programs.RunAsync(_passwords, "bash", "deploy/rabbitmq/definitions.sh");
        definitions.ShouldNotContain(_passwords["RABBITMQ_REST_PASSWORD"]);
        using var management = new HttpClient();
        management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String("guest:guest"u8)
        );
        using var content = new StringContent(definitions, Encoding.UTF8, "application/json");
        var address = new Uri(_server.ManagementUri, "api/definitions");
        await Eventually.PassesAsync(async () =>
        {
            using var answer = await management.PostAsync(address, content, Cancellation);
            answer.EnsureSuccessStatusCode();
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_service_can_do_its_work_and_no_more()
    {
        // One test, as a broker with its management plugin takes seconds to boot.
        await ReceivesAsync("rest", Exchanges.Tasks, "rest.request.v1");
        await ReceivesAsync("s3", Exchanges.Tasks, "s3.#");
        await ReceivesAsync("sql", Exchanges.Tasks, "sql.query.v1");
        await ReceivesAsync("mail", Exchanges.Tasks, "mail.send.v1");
        await ReceivesAsync("ldap", Exchanges.Tasks, "ldap.#");
        await ReceivesAsync("process-core", Exchanges.Results, "process-core.#");
        await ReceivesAsync("process-core", Exchanges.Inbound, "start.#");
        await ReceivesAsync("error-treatment", Exchanges.Errors, "#");

        await PublishesAsync("process-core", Exchanges.Tasks);
        await PublishesAsync("rest", Exchanges.Results);
        await PublishesAsync("rest", Exchanges.Errors);
        await PublishesAsync("s3", Exchanges.Results);
        await PublishesAsync("s3", Exchanges.Errors);
        await PublishesAsync("sql", Exchanges.Results);
        await PublishesAsync("error-treatment", Exchanges.Tasks);
        await PublishesAsync("error-treatment", Exchanges.Results);

        await RefusedAsync("rest", channel => PublishAsync(channel, Exchanges.Tasks));
        await RefusedAsync("process-core", channel => PublishAsync(channel, Exchanges.Results));
        await RefusedAsync("s3", channel => PublishAsync(channel, Exchanges.Tasks));
        await RefusedAsync("s3", channel => channel.BasicGetAsync("integration.rest", false, Cancellation));
        await RefusedAsync("rest", channel => BindAsync(channel, "integration.rest.spy", Exchanges.Results));
        await RefusedAsync("rest", channel => channel.BasicGetAsync("integration.process-core", false, Cancellation));
        await RefusedAsync("rest", channel => channel.QueueDeleteAsync("integration.process-core"));
        await RefusedAsync("rest", channel => channel.QueueDeclareAsync("integration.restaurant"));
    }

    private async Task ReceivesAsync(string service, string exchange, string pattern)
    {
        await using var bus = await StartAsync(service);
        var pipe = new Pipe($"integration.{service}", [new Binding(exchange, pattern)]);
        await using var subscription = await bus.SubscribeAsync(
            pipe,
            (_, _) => Task.FromResult(Settlement.Acknowledge),
            Cancellation
        );
        await using var temporary = await bus.SubscribeAsync(
            new Pipe($"integration.{service}.control.host-1.example", []) { Temporary = true },
            (_, _) => Task.FromResult(Settlement.Acknowledge),
            Cancellation
        );
    }

    private async Task PublishesAsync(string service, string exchange)
    {
        await using var bus = await StartAsync(service);
        var properties = new MessageProperties
        {
            MessageId = Guid.NewGuid().ToString(),
            Type = "test",
            AppId = service,
        };
        await bus.PublishAsync(new OutgoingMessage(exchange, "nobody", properties, "{}"u8.ToArray()), Cancellation);
    }

    private async Task<IBus> StartAsync(string service)
    {
        var bus = BusFactory.Create(
            new BusOptions { Uri = AddressOf(service) },
            service,
            NullLoggerFactory.Instance,
            TimeProvider.System
        );
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Eventually.Patience);
        await bus.StartAsync(patience.Token);
        return bus;
    }

    private async Task RefusedAsync(string service, Func<IChannel, Task> attempt)
    {
        await using var connection = await new ConnectionFactory { Uri = AddressOf(service) }.CreateConnectionAsync(
            Cancellation
        );
        var confirms = new CreateChannelOptions(true, true, null);
        await using var channel = await connection.CreateChannelAsync(confirms, Cancellation);
        var error = await Should.ThrowAsync<OperationInterruptedException>(() => attempt(channel));
        error.ShutdownReason!.ReplyCode.ShouldBe((ushort)Constants.AccessRefused);
    }

    private static async Task PublishAsync(IChannel channel, string exchange) =>
        await channel.BasicPublishAsync(exchange, "key", "{}"u8.ToArray(), Cancellation);

    private static async Task BindAsync(IChannel channel, string queue, string exchange)
    {
        await channel.QueueDeclareAsync(queue, exclusive: true, cancellationToken: Cancellation);
        await channel.QueueBindAsync(queue, exchange, "#", cancellationToken: Cancellation);
    }

    /// <summary>As in the compose file, but on the test's broker.</summary>
    private Uri AddressOf(string service)
    {
        var configured = ComposeFile.Read().Services[service].Environment["Bus__Uri"];
        return new UriBuilder(Variable.Fill(configured, name => _passwords[name]))
        {
            Host = _server.Uri.Host,
            Port = _server.Uri.Port,
        }.Uri;
    }
}
