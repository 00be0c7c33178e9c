using System.Collections.Concurrent;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Testing;

/// <summary>
/// A service with its operations in the real pipeline, on an in-memory bus and a database in a temporary file; its
/// clock, its redeliveries and its crashes are the test's.
/// </summary>
/// <remarks>
/// An operation that declares errors must declare all of them: a task that ends with another one fails the test. What is not
/// declared is in no reference page.
/// </remarks>
/// <example>
/// <code>
/// await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation&lt;Greet&gt;());
/// var answer = await service.RunAsync("hello.greet", new { name = "Ada" });
/// answer.Outputs&lt;Greet.Output&gt;().Text.ShouldBe("Hello, Ada!");
/// </code>
/// </example>
public sealed class ServiceHarness : IAsyncDisposable
{
    private const string Engine = "test-engine";
    private const string Service = "test-service";
    private const string AnyEngine = "";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Action<WebApplicationBuilder> _configure;
    private readonly string[] _args;
    private readonly string _folder = Directory.CreateTempSubdirectory("integration-harness-").FullName;
    private readonly ConcurrentDictionary<(string Engine, string TaskId), AnswerBox> _answers = new();
    private readonly ConcurrentQueue<TaskIncident> _incidents = [];
    private readonly OtherServices _others;
    private readonly EventMessages _messages = new(Engine, TimeProvider.System);
    private readonly IBus _bus = BusFactory.Create(
        new BusOptions { Transport = BusTransport.InMemory },
        Engine,
        NullLoggerFactory.Instance,
        TimeProvider.System
    );

    private WebApplication? _app;
    private CrashProbe _probe = new();
    private PipelineStep? _crashAt;
    private IReadOnlyCollection<OperationDescription> _operations = [];

    private ServiceHarness(Action<WebApplicationBuilder> configure, string[] args)
    {
        _configure = configure;
        _args = args;
        _others = new OtherServices(_bus);
    }

    /// <summary>The service's clock: it stands still until the test moves it. Deadlines and limits pass when it is moved.</summary>
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>How often the service was started.</summary>
    public int Starts { get; private set; }

    /// <summary>What the service has asked other services for, in order.</summary>
    public IReadOnlyCollection<TaskRequested> Asked => _others.Asked;

    /// <summary>What the service has withdrawn of it, in order.</summary>
    public IReadOnlyCollection<TaskCancelled> Withdrawn => _others.Withdrawn;

    /// <summary>The incidents that were reported to the engine.</summary>
    public IReadOnlyCollection<TaskIncident> Incidents => _incidents;

    /// <summary>The running service's dependencies.</summary>
    public IServiceProvider Services =>
        _app?.Services ?? throw new InvalidOperationException("The service is not running.");

    /// <summary>Starts a service and returns when it takes tasks.</summary>
    /// <param name="configure">As in the service's own composition root.</param>
    /// <param name="args">Settings, e.g. <c>--Pipeline:Prefetch=1</c>.</param>
    public static async Task<ServiceHarness> StartAsync(Action<WebApplicationBuilder> configure, params string[] args)
    {
        var harness = new ServiceHarness(configure, args);
        await harness._bus.StartAsync(CancellationToken.None);
        await harness._bus.SubscribeAsync(
            new Pipe(
                "integration.test-engine",
                [new Binding(Exchanges.Results, "#"), new Binding(Exchanges.Errors, "#")]
            ),
            harness.TakeAnswerAsync,
            CancellationToken.None
        );
        await harness.StartServiceAsync();
        return harness;
    }

    /// <summary>Sends a task and waits for the answer.</summary>
    /// <param name="operation">E.g. <c>hello.greet</c>.</param>
    /// <param name="inputs">Written as JSON, names as they are.</param>
    /// <param name="change">Changes the request before it is sent: deadline, attempt, version.</param>
    /// <exception cref="TimeoutException">No answer within 30 seconds.</exception>
    public Task<TaskAnswer> RunAsync(string operation, object inputs, Func<TaskRequested, TaskRequested>? change = null)
    {
        var request = Request(operation, inputs);
        return SendAsync(change?.Invoke(request) ?? request);
    }

    /// <summary>A request as <see cref="RunAsync"/> sends it.</summary>
    public static TaskRequested Request(string operation, object inputs) =>
        new(Guid.CreateVersion7().ToString(), operation, 1, Engine, JsonSerializer.SerializeToElement(inputs));

    /// <summary>Delivers the same task once more, as a broker does after a lost connection.</summary>
    public Task<TaskAnswer> RedeliverAsync(TaskAnswer answer) => SendAsync(answer.Request);

    /// <summary>Sends the next attempt, as error treatment does.</summary>
    public Task<TaskAnswer> RetryAsync(TaskAnswer answer) =>
        SendAsync(
            answer.Request with
            {
                Attempt = answer.Request.Attempt + 1,
                AfterDoubt = answer.Errored?.Error.Category == ErrorCategory.InDoubt,
            }
        );

    /// <summary>Sends a request and waits for its answer; restarts the service when it crashes on the way.</summary>
    public Task<TaskAnswer> SendAsync(TaskRequested request) => SendAsync(request, properties => properties);

    /// <summary>The same with other AMQP properties, such as a message id or the moment of publishing.</summary>
    public async Task<TaskAnswer> SendAsync(TaskRequested request, Func<MessageProperties, MessageProperties> change)
    {
        var answer = Expect(request);
        var message = _messages.Of(request);
        await _bus.PublishAsync(message with { Properties = change(message.Properties) }, CancellationToken.None);
        return await AnswerAsync(request, answer);
    }

    /// <summary>Sends a request without waiting; the answer comes by <paramref name="answer"/>.</summary>
    public async Task BeginAsync(TaskRequested request, Action<Task<TaskAnswer>> answer)
    {
        var expected = Expect(request);
        await _bus.PublishAsync(_messages.Of(request), CancellationToken.None);
        answer(AnswerAsync(request, expected));
    }

    /// <summary>Waits for an answer about a task that this harness did not send: another replica has.</summary>
    public Task<TaskAnswer> ExpectAsync(TaskRequested request) => AnswerAsync(request, Expect(request));

    /// <summary>Publishes bytes as a foreign program might, and waits for the error event about them.</summary>
    public async Task<TaskErrored> SendRawAsync(string routingKey, ReadOnlyMemory<byte> body, string correlationId)
    {
        var expected = Expect(AnyEngine, correlationId);
        var properties = new MessageProperties { CorrelationId = correlationId, Type = EventTypes.TaskRequested };
        await _bus.PublishAsync(
            new OutgoingMessage(Exchanges.Tasks, routingKey, properties, body),
            CancellationToken.None
        );
        var delivery = await expected.WaitAsync(_patience);
        return JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskErrored)!;
    }

    /// <summary>
    /// Plays the service that has an operation which the tested one asks, see <see cref="TaskContext.AskAsync"/>. Called again
    /// for the same operation, it replaces what was said before.
    /// </summary>
    /// <param name="operation">E.g. <c>rest.request</c>, in every version.</param>
    /// <param name="answer">What it answers, e.g. <c>_ => InnerAnswer.Completed(new { status = 200 })</c>.</param>
    public Task PlayAsync(string operation, Func<TaskRequested, InnerAnswer> answer) =>
        _others.PlayAsync(operation, answer);

    /// <summary>Reports what became of a task that the service has asked for, e.g. after <see cref="InnerAnswer.Nothing"/>.</summary>
    public Task TellAsync(TaskRequested asked, InnerAnswer answer) => _others.TellAsync(asked, answer);

    /// <summary>Withdraws a task, as an engine does.</summary>
    public Task CancelAsync(TaskRequested request, string reason = "The test withdrew it.") =>
        _bus.PublishAsync(
            _messages.Of(
                new TaskCancelled(request.TaskId, request.Operation, Clock.GetUtcNow(), reason, request.ReplyTo)
            ),
            CancellationToken.None
        );

    /// <summary>
    /// The next task dies with the service's process at this step; the service is started again with the same database,
    /// and the bus delivers the task again.
    /// </summary>
    public void CrashAt(PipelineStep step)
    {
        _crashAt = step;
        _probe.CrashAt(step);
    }

    /// <summary>Ends the service's process, leaving unfinished what is in work, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopServiceAsync();
        await StartServiceAsync();
    }

    /// <summary>Ends the service's process, and leaves it so until <see cref="RestartAsync"/>.</summary>
    public Task StopAsync() => StopServiceAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await _bus.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<TaskAnswer> AnswerAsync(TaskRequested request, Task<Delivery> answer)
    {
        if (_crashAt is { } step)
        {
            await _probe.Crashed.WaitAsync(_patience);
            _crashAt = null;
            if (step == PipelineStep.Published)
            {
                await answer.WaitAsync(_patience);
                answer = Expect(request);
            }

            await RestartAsync();
        }

        var read = Read(request, await answer.WaitAsync(_patience));
        DeclaredErrors.Check(_operations, read);
        return read;
    }

    private async Task StartServiceAsync()
    {
        _probe = new CrashProbe();
        var description = new ServiceDescription(Service);
        _app = IntegrationService.Create(
            [
                "--urls=http://127.0.0.1:0",
                $"--Storage:ConnectionString=Data Source={Path.Combine(_folder, "service.db")}",
                "--Pipeline:ShutdownGrace=00:00:00",
                .. _args,
            ],
            description,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(Clock);
                builder.Services.AddSingleton<IPipelineProbe>(_probe);
                builder.Services.AddSingleton(_bus);
                _configure(builder);
            }
        );
        _operations = _app.Services.GetRequiredService<OperationCatalog>().All;
        await _app.StartAsync();
        Starts++;
        var readiness = _app.Services.GetRequiredService<Readiness>();
        await readiness.WaitAsync(CancellationToken.None).WaitAsync(_patience);
    }

    private async Task StopServiceAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    private Task<Delivery> Expect(TaskRequested request) => Expect(request.ReplyTo, request.TaskId);

    private Task<Delivery> Expect(string engine, string taskId) => Box(engine, taskId).Next();

    private AnswerBox Box(string engine, string taskId) => _answers.GetOrAdd((engine, taskId), _ => new AnswerBox());

    private Task<Settlement> TakeAnswerAsync(Delivery delivery, CancellationToken stopping)
    {
        // An event to the service itself about a task that it has asked for is no answer.
        if (delivery.Properties.ReplyTo == Service)
            return Task.FromResult(Settlement.Acknowledge);
        if (delivery.Properties.Type == EventTypes.TaskIncident)
        {
            _incidents.Enqueue(JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskIncident)!);
        }
        else if (delivery.Properties.CorrelationId is { } taskId)
        {
            // A test that sends bytes waits for the answer whichever engine they name.
            if (!_answers.TryGetValue((AnyEngine, taskId), out var raw) || !raw.TryPut(delivery))
                Box(delivery.Properties.ReplyTo ?? AnyEngine, taskId).Put(delivery);
        }

        return Task.FromResult(Settlement.Acknowledge);
    }

    private static TaskAnswer Read(TaskRequested request, Delivery delivery)
    {
        var answer = new TaskAnswer(request) { Type = delivery.Properties.Type! };
        var body = delivery.Body.Span;
        return answer.Type switch
        {
            EventTypes.TaskCompleted => answer with
            {
                Completed = JsonSerializer.Deserialize(body, ContractJson.Default.TaskCompleted),
            },
            EventTypes.TaskRejected => answer with
            {
                Rejected = JsonSerializer.Deserialize(body, ContractJson.Default.TaskRejected),
            },
            EventTypes.TaskErrored => answer with
            {
                Errored = JsonSerializer.Deserialize(body, ContractJson.Default.TaskErrored),
            },
            EventTypes.TaskFailed => answer with
            {
                Failed = JsonSerializer.Deserialize(body, ContractJson.Default.TaskFailed),
            },
            _ => throw new InvalidOperationException($"A service does not answer with {answer.Type}."),
        };
    }

    /// <summary>Answers about one task, in the order in which they came, for callers that wait in the same order.</summary>
    private sealed class AnswerBox
    {
        private readonly Lock _lock = new();
        private readonly Queue<TaskCompletionSource<Delivery>> _waiting = [];
        private readonly Queue<Delivery> _unclaimed = [];

        public Task<Delivery> Next()
        {
            lock (_lock)
            {
                if (_unclaimed.TryDequeue(out var delivery))
                    return Task.FromResult(delivery);
                var source = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(source);
                return source.Task;
            }
        }

        public void Put(Delivery delivery)
        {
            lock (_lock)
            {
                if (!TryPut(delivery))
                    _unclaimed.Enqueue(delivery);
            }
        }

        /// <summary>False when no caller waits for it.</summary>
        public bool TryPut(Delivery delivery)
        {
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out var source))
                    return false;
                source.SetResult(delivery);
                return true;
            }
        }
    }
}
