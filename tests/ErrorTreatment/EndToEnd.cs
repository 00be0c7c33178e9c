using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

/// <summary>Engine, service and error treatment on one bus; each transport inherits it.</summary>
public abstract class EndToEnd : IAsyncLifetime
{
    private readonly ConcurrentQueue<Delivery> _engine = new();
    private readonly List<ISubscription> _services = [];
    private readonly EventMessages _messages = new("test", TimeProvider.System);

    /// <summary>The bus of engine and service.</summary>
    protected abstract IBus Bus { get; }

    private protected RunningTreatment Treatment { get; private set; } = null!;

    private protected abstract Task<RunningTreatment> StartTreatmentAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await Bus.StartAsync(Cancellation);
        Treatment = await StartTreatmentAsync();
        await Bus.SubscribeAsync(
            new Pipe("integration.engine", [new Binding(Exchanges.Results, RoutingKeys.Engine("engine"))]),
            (delivery, _) =>
            {
                _engine.Enqueue(delivery);
                return Task.FromResult(Settlement.Acknowledge);
            },
            Cancellation
        );
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var service in _services)
            await service.StopAsync(TimeSpan.Zero);
        await Treatment.DisposeAsync();
    }

    [Fact]
    public async Task A_task_that_nobody_takes_is_done_once_its_service_is_deployed()
    {
        await PublishAsync(_messages.Of(Events.Task("early-bird")));
        await Eventually.TrueAsync(async () =>
            (await Treatment.FindAsync("early-bird"))?.GetProperty("error").GetProperty("code").GetString()
            == ErrorCodes.NoService
        );

        await ServeAsync(request => Completed(request));
        await RetryIfParkedAsync("early-bird");

        await Eventually.TrueAsync(async () => await Treatment.StateAsync("early-bird") == "resolved");
        await Eventually.TrueAsync(() => Told(EventTypes.TaskCompleted) == 1);
    }

    [Fact]
    public async Task A_failing_task_is_parked_told_to_the_engine_repaired_by_an_operator_and_resolved()
    {
        var healthy = false;
        await ServeAsync(request => healthy ? Completed(request) : Errored(request, Events.Connectivity()));
        await PublishAsync(_messages.Of(Events.Task("repaired")));

        await Eventually.TrueAsync(async () => await Treatment.StateAsync("repaired") == "parked");
        await Eventually.TrueAsync(() => Told(EventTypes.TaskIncident) == 1);
        Attempts("repaired").ShouldBe([1, 2, 3]);

        healthy = true;
        var id = (await Treatment.FindAsync("repaired"))!.Value.GetProperty("id").GetString()!;
        (await Treatment.Client.PostAsJsonAsync($"/failures/{id}/retry", new { by = "anna" })).StatusCode.ShouldBe(
            HttpStatusCode.Accepted
        );

        await Eventually.TrueAsync(async () => await Treatment.StateAsync("repaired") == "resolved");
        await Eventually.TrueAsync(() => Told(EventTypes.TaskCompleted) == 1);
        Attempts("repaired").ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Giving_up_ends_the_task_for_the_engine()
    {
        await ServeAsync(request => Errored(request, Events.Access));
        await PublishAsync(_messages.Of(Events.Task("hopeless")));
        await Eventually.TrueAsync(async () => await Treatment.StateAsync("hopeless") == "parked");

        var id = (await Treatment.FindAsync("hopeless"))!.Value.GetProperty("id").GetString()!;
        await Treatment.Client.PostAsJsonAsync($"/failures/{id}/give-up", new { reason = "Done by hand." });

        await Eventually.TrueAsync(() => Told(EventTypes.TaskFailed) == 1);
        (await Treatment.StateAsync("hopeless")).ShouldBe("given-up");
    }

    [Fact]
    public async Task A_task_that_a_queue_gave_up_names_the_queue()
    {
        await SubscribeAsync(_ => Task.FromResult(Settlement.DeadLetter));
        await PublishAsync(_messages.Of(Events.Task("refused")));

        var failure = await Eventually.GetAsync<object>(async () => await Treatment.FindAsync("refused"));

        var error = ((JsonElement)failure).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(ErrorCodes.DeliveryLimit);
        error.GetProperty("message").GetString()!.ShouldContain("'integration.rest'");
    }

    [Fact]
    public async Task Foreign_bytes_end_as_failures_wherever_they_were_published()
    {
        var bytes = Encoding.UTF8.GetBytes("this is no JSON");
        foreach (var exchange in Exchanges.Published.Where(exchange => exchange != Exchanges.Control))
            await PublishAsync(
                new OutgoingMessage(
                    exchange,
                    "foreign.v1",
                    new MessageProperties { MessageId = $"at-{exchange}" },
                    bytes
                )
            );

        foreach (var exchange in Exchanges.Published.Where(exchange => exchange != Exchanges.Control))
        {
            var failure = await Eventually.GetAsync<object>(async () => await Treatment.FindAsync($"at-{exchange}"));
            ((JsonElement)failure).GetProperty("kind").GetString().ShouldBe("message");
        }
    }

    private protected Task PublishAsync(OutgoingMessage message) => Bus.PublishAsync(message, Cancellation);

    private protected Task ServeAsync(Func<TaskRequested, OutgoingMessage> answer) =>
        SubscribeAsync(async delivery =>
        {
            var request = JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskRequested)!;
            _attempts.Enqueue((request.TaskId, request.Attempt));
            await Bus.PublishAsync(answer(request), CancellationToken.None);
            return Settlement.Acknowledge;
        });

    private readonly ConcurrentQueue<(string TaskId, int Attempt)> _attempts = new();

    private protected IEnumerable<int> Attempts(string taskId) =>
        _attempts.Where(seen => seen.TaskId == taskId).Select(seen => seen.Attempt);

    private protected OutgoingMessage Completed(TaskRequested request) => _messages.Of(Events.Completed(request));

    private OutgoingMessage Errored(TaskRequested request, ErrorInfo error) =>
        _messages.Of(Events.Errored(request, error));

    private int Told(string type) => _engine.Count(delivery => delivery.Properties.Type == type);

    private async Task SubscribeAsync(Func<Delivery, Task<Settlement>> handle) =>
        _services.Add(
            await Bus.SubscribeAsync(
                new Pipe("integration.rest", [new Binding(Exchanges.Tasks, "rest.request.v1")]),
                (delivery, _) => handle(delivery),
                Cancellation
            )
        );

    // The few automatic retries of these tests may be over before the service is there.
    private async Task RetryIfParkedAsync(string taskId)
    {
        await Eventually.TrueAsync(async () => await Treatment.StateAsync(taskId) is "parked" or "resolved");
        if (await Treatment.StateAsync(taskId) != "parked")
            return;
        var id = (await Treatment.FindAsync(taskId))!.Value.GetProperty("id").GetString();
        (await Treatment.Client.PostAsync($"/failures/{id}/retry", null)).EnsureSuccessStatusCode();
    }
}
