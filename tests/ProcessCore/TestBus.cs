using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;

namespace Integration.ProcessCore.Tests;

/// <summary>
/// The broker's side of the seam in the test's hands: what was published is kept, publishing can be held up as if the
/// broker were away, and results are handed in one by one.
/// </summary>
internal sealed class TestBus : IBus
{
    private readonly ConcurrentQueue<OutgoingMessage> _published = new();
    private TaskCompletionSource? _away;
    private readonly ConcurrentDictionary<string, (Pipe Pipe, DeliveryHandler Handler)> _pipes = new();

    public EventMessages Messages { get; } = new("test", TimeProvider.System);

    public BusState State => BusState.Connected;

    public IReadOnlyList<OutgoingMessage> Published => [.. _published];

    /// <summary>The tasks that were asked for, each publish counted.</summary>
    public IReadOnlyList<TaskRequested> Requests => Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested);

    public IReadOnlyList<InstanceCompleted> Completions =>
        Of(EventTypes.InstanceCompleted, ContractJson.Default.InstanceCompleted);

    public IReadOnlyList<InstanceFailed> Failures => Of(EventTypes.InstanceFailed, ContractJson.Default.InstanceFailed);

    public IReadOnlyList<AnnouncementRequested> Questions =>
        Of(EventTypes.AnnouncementRequested, ContractJson.Default.AnnouncementRequested);

    public IReadOnlyList<TaskErrored> Errors => Of(EventTypes.TaskErrored, ContractJson.Default.TaskErrored);

    public IReadOnlyList<TaskCancelled> Cancellations =>
        Of(EventTypes.TaskCancelled, ContractJson.Default.TaskCancelled);

    /// <summary>From now on nothing gets through, until <see cref="ComeBack"/>.</summary>
    public void GoAway() => _away = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ComeBack() => _away?.TrySetResult();

    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (_away is { } away)
            await away.Task.WaitAsync(cancellation);
        _published.Enqueue(message);
    }

    public Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        _pipes[pipe.Queue] = (pipe, handler);
        return Task.FromResult<ISubscription>(new Subscription());
    }

    /// <summary>What the core takes from.</summary>
    public Pipe PipeOf(string queue) => _pipes[queue].Pipe;

    /// <summary>Hands a message to the core, by the queue for its exchange, and returns what becomes of it.</summary>
    public Task<Settlement> DeliverAsync(OutgoingMessage message) =>
        _pipes
            .Values.Single(pipe => pipe.Pipe.KeepNewest is not null == (message.Exchange == Exchanges.Control))
            .Handler(
                new Delivery(message.Exchange, message.RoutingKey, message.Properties, message.Body),
                CancellationToken.None
            );

    public Task<Settlement> CompleteAsync(TaskRequested task, object? outputs = null) =>
        DeliverAsync(Messages.Of(Completed(task, outputs)));

    public static TaskCompleted Completed(TaskRequested task, object? outputs = null) =>
        new(
            task.TaskId,
            task.Operation,
            task.Version,
            task.ReplyTo,
            JsonSerializer.SerializeToElement(outputs ?? new { }),
            DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow,
            new ServiceReference("test"),
            task.Attempt,
            Process: task.Process
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<T> Of<T>(string type, JsonTypeInfo<T> json) =>
        [
            .. _published
                .Where(message => message.Properties.Type == type)
                .Select(message => JsonSerializer.Deserialize(message.Body.Span, json)!),
        ];

    private sealed class Subscription : ISubscription
    {
        public int InFlight => 0;

        public Task StopAsync(TimeSpan grace) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
