using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Repository.Tests.Deployment;

public sealed class BrokerForgery3Tests(DefinedBroker3 broker)
    : BrokerForgeryTests(broker),
        IClassFixture<DefinedBroker3>;

public sealed class BrokerForgery4Tests(DefinedBroker4 broker)
    : BrokerForgeryTests(broker),
        IClassFixture<DefinedBroker4>;

/// <summary>
/// What the broker cannot see and lets pass, as it stands in a body, is refused by the receivers: process core and error
/// treatment as processes, with the users and the trust table of deploy/rabbitmq.
/// </summary>
public abstract class BrokerForgeryTests(DefinedBroker broker) : IAsyncLifetime
{
    private readonly EventMessages _events = new("somebody", TimeProvider.System);
    private ServiceProcess _treatment = null!;
    private ServiceProcess _core = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var starting = new[]
        {
            StartAsync("ErrorTreatment", "error-treatment"),
            StartAsync("ProcessCore", "process-core"),
        };
        _treatment = await starting[0];
        _core = await starting[1];
    }

    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync();
        await _treatment.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_a_service_says_for_another_is_refused_and_shown_and_what_is_true_goes_on()
    {
        await using var rest = broker.Bus("rest");
        await using var mail = broker.Bus("mail");
        var asked = new TaskCompletionSource<TaskRequested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = 0;
        await using var restTasks = await rest.SubscribeAsync(
            new Pipe("integration.rest", [new Binding(Exchanges.Tasks, "rest.#")]),
            (delivery, _) =>
            {
                asked.TrySetResult(JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskRequested)!);
                return Task.FromResult(Settlement.Acknowledge);
            },
            Cancellation
        );
        await using var mailTasks = await mail.SubscribeAsync(
            new Pipe("integration.mail", [new Binding(Exchanges.Tasks, "mail.#")]),
            (_, _) =>
            {
                Interlocked.Increment(ref sent);
                return Task.FromResult(Settlement.Acknowledge);
            },
            Cancellation
        );
        var instance = await BeginAsync();
        var task = await asked.Task.WaitAsync(Eventually.Patience, Cancellation);

        // A result of another service's operation.
        await PublishAsync(mail, _events.Of(Completed(task)));
        await Eventually.TrueAsync(async () => await CountAsync("not-trusted") == 1);
        (await StateAsync(instance)).ShouldBe("running");

        // A result that claims the service's own operation for a task of another.
        await PublishAsync(mail, _events.Of(Completed(task) with { Operation = "mail.send", Version = 77 }));
        await Eventually.TrueAsync(async () => await CountAsync("result-mismatch") == 1);
        (await StateAsync(instance)).ShouldBe("running");

        // An error that has error treatment send another service's operation; its key says nothing about that.
        var request = task with
        {
            TaskId = "forged",
            Operation = "mail.send",
        };
        await PublishAsync(rest, _events.Of(Errored(request, ErrorCategory.Connectivity) with { Operation = null }));
        await Eventually.TrueAsync(async () => await CountAsync("not-trusted") == 2);

        // A failure of mail's that nobody else may close.
        await PublishAsync(mail, _events.Of(Errored(request with { TaskId = "held" }, ErrorCategory.Access)));
        await Eventually.TrueAsync(async () => await CountAsync("unauthorized") == 1);
        await CancelByDeadLetterAsync();
        await Eventually.TrueAsync(async () => await CountAsync("not-trusted") == 3);
        await CancelBySecondKeyAsync();

        // The true result.
        await PublishAsync(rest, _events.Of(Completed(task)));
        await Eventually.TrueAsync(async () => await StateAsync(instance) == "completed");
        (await FailuresAsync())
            .Single(failure => Code(failure) == "unauthorized")
            .GetProperty("state")
            .GetString()
            .ShouldBe("parked");
        Volatile.Read(ref sent).ShouldBe(0);
    }

    [Fact]
    public async Task A_service_executes_nothing_for_an_engine_that_asks_under_the_name_of_another()
    {
        await using var rest = await StartAsync("Rest", "rest");
        await using var sender = broker.Bus("sender");
        var task = new TaskRequested(
            "forged",
            "rest.request",
            1,
            "process-core",
            JsonSerializer.SerializeToElement(new { method = "GET", url = "http://127.0.0.1:1/" })
        );

        await PublishAsync(sender, _events.Of(task));
        await PublishAsync(sender, _events.Of(task with { TaskId = "own", ReplyTo = "sender" }));

        await Eventually.TrueAsync(async () =>
            (await FailuresAsync()).Any(failure => Text(failure, "taskId") == "own")
        );
        var refused = (await FailuresAsync()).Where(failure => Code(failure) == "not-trusted").ToList();
        refused.ShouldContain(failure =>
            failure
                .GetProperty("error")
                .GetProperty("message")
                .GetString()!
                .Contains("'sender'", StringComparison.Ordinal)
        );
        refused.ShouldAllBe(failure => Text(failure, "taskId") == null);
    }

    private static string? Text(JsonElement failure, string name) =>
        failure.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>
    /// The broker checks no routing key when it dead-letters: a queue of one's own can bring a message to any key of an exchange
    /// that one may publish to. The headers tell another story of where it came from.
    /// </summary>
    private async Task CancelByDeadLetterAsync()
    {
        const string Own = "integration.rest.trick";
        await using var connection = await broker.ConnectAsync("rest");
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.ExchangeDeclareAsync(Own, ExchangeType.Fanout, cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(
            Own,
            exclusive: true,
            arguments: new Dictionary<string, object?>
            {
                ["x-dead-letter-exchange"] = Exchanges.Control,
                ["x-dead-letter-routing-key"] = "cancel.mail.send",
            },
            cancellationToken: Cancellation
        );
        await channel.QueueBindAsync(Own, Own, "", cancellationToken: Cancellation);
        var properties = Bearing("rest");
        properties.Headers = new Dictionary<string, object?>
        {
            ["x-death"] = new List<object?>
            {
                new Dictionary<string, object?>
                {
                    ["queue"] = "integration.mail",
                    ["reason"] = "rejected",
                    ["exchange"] = Exchanges.Control,
                    ["routing-keys"] = new List<object?> { "cancel.mail.send" },
                },
            },
        };
        await channel.BasicPublishAsync(Own, "", mandatory: false, properties, Withdrawal(), Cancellation);
        var got = await Eventually.GetAsync(() => channel.BasicGetAsync(Own, autoAck: false, Cancellation));
        await channel.BasicRejectAsync(got.DeliveryTag, requeue: false, Cancellation);
    }

    /// <summary>The header CC routes a message by further keys. RabbitMQ 4 checks them, 3.10 only the first one.</summary>
    private async Task CancelBySecondKeyAsync()
    {
        await using var connection = await broker.ConnectAsync("rest");
        var confirms = new CreateChannelOptions(true, true, null);
        await using var channel = await connection.CreateChannelAsync(confirms, Cancellation);
        var properties = Bearing("rest");
        properties.Headers = new Dictionary<string, object?> { ["CC"] = new List<object?> { "cancel.mail.send" } };
        try
        {
            await channel.BasicPublishAsync(
                Exchanges.Control,
                "heartbeat.rest",
                mandatory: false,
                properties,
                Withdrawal(),
                Cancellation
            );
            await Eventually.TrueAsync(async () => await CountAsync("not-trusted") == 4);
        }
        catch (OperationInterruptedException e)
        {
            e.ShutdownReason!.ReplyCode.ShouldBe((ushort)Constants.AccessRefused);
        }
    }

    private static BasicProperties Bearing(string user) =>
        new()
        {
            Type = EventTypes.TaskCancelled,
            MessageId = Guid.NewGuid().ToString(),
            UserId = user,
            ReplyTo = "process-core",
        };

    private static byte[] Withdrawal() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new TaskCancelled("held", "mail.send", DateTimeOffset.UtcNow, "Forged.", "process-core"),
            ContractJson.Default.TaskCancelled
        );

    private Task<ServiceProcess> StartAsync(string service, string user) =>
        ServiceProcess.StartAsync(
            service,
            new Dictionary<string, string>
            {
                ["Bus__Uri"] = broker.AddressOf(user).ToString(),
                ["Bus__TrustFile"] = RepositoryFolder.File("deploy/rabbitmq/trust.json"),
            }
        );

    /// <summary>Deploys the tutorial's process with an operation of rest, and starts it.</summary>
    private async Task<string> BeginAsync()
    {
        using var http = new HttpClient { BaseAddress = _core.Url };
        var file = await File.ReadAllTextAsync(RepositoryFolder.File("docs/tutorial/hello.bpmn"), Cancellation);
        using var process = new StringContent(
            file.Replace("hello.greet", "rest.request", StringComparison.Ordinal),
            Encoding.UTF8,
            "application/xml"
        );
        using var deployed = await http.PostAsync(new Uri("definitions", UriKind.Relative), process, Cancellation);
        deployed.IsSuccessStatusCode.ShouldBeTrue(await deployed.Content.ReadAsStringAsync(Cancellation));
        using var started = await http.PostAsJsonAsync(
            "instances",
            new { definition = "hello", variables = new { name = "Ada" } },
            Cancellation
        );
        started.IsSuccessStatusCode.ShouldBeTrue(await started.Content.ReadAsStringAsync(Cancellation));
        return (await started.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    private async Task<string?> StateAsync(string instance)
    {
        using var http = new HttpClient { BaseAddress = _core.Url };
        return (await http.GetFromJsonAsync<JsonElement>($"instances/{instance}", Cancellation))
            .GetProperty("state")
            .GetString();
    }

    private async Task<IReadOnlyList<JsonElement>> FailuresAsync()
    {
        using var http = new HttpClient { BaseAddress = _treatment.Url };
        return
        [
            .. (await http.GetFromJsonAsync<JsonElement>("failures?limit=100", Cancellation))
                .GetProperty("failures")
                .EnumerateArray(),
        ];
    }

    private async Task<int> CountAsync(string code) => (await FailuresAsync()).Count(failure => Code(failure) == code);

    private static string? Code(JsonElement failure) => failure.GetProperty("error").GetProperty("code").GetString();

    private static Task PublishAsync(IBus bus, OutgoingMessage message) =>
        bus.PublishAsync(message, Cancellation).WaitAsync(Eventually.Patience, Cancellation);

    private static TaskCompleted Completed(TaskRequested task) =>
        new(
            task.TaskId,
            task.Operation,
            task.Version,
            task.ReplyTo,
            JsonSerializer.SerializeToElement(new { text = "Hello!" }),
            DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow,
            new ServiceReference("rest"),
            task.Attempt
        );

    private static TaskErrored Errored(TaskRequested request, ErrorCategory category) =>
        new(
            new ErrorInfo(
                category,
                category == ErrorCategory.Access ? "unauthorized" : "refused",
                "No.",
                Retryable: true
            ),
            DateTimeOffset.UtcNow,
            new ServiceReference("rest"),
            request.TaskId,
            request.Attempt,
            request.Operation,
            request
        );
}
