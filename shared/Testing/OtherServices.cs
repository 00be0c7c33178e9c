using System.Collections.Concurrent;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;

namespace Integration.Testing;

/// <summary>The services that the tested one asks, as the test plays them.</summary>
internal sealed class OtherServices(IBus bus)
{
    private const string Name = "played";
    private readonly ConcurrentDictionary<string, Func<TaskRequested, InnerAnswer>> _answers = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentQueue<TaskRequested> _asked = [];
    private readonly ConcurrentQueue<TaskCancelled> _withdrawn = [];
    private readonly EventMessages _messages = new(Name, TimeProvider.System);

    public IReadOnlyCollection<TaskRequested> Asked => _asked;

    public IReadOnlyCollection<TaskCancelled> Withdrawn => _withdrawn;

    public async Task PlayAsync(string operation, Func<TaskRequested, InnerAnswer> answer)
    {
        var isNew = !_answers.ContainsKey(operation);
        _answers[operation] = answer;
        if (!isNew)
            return;
        await bus.SubscribeAsync(
            new Pipe(
                $"integration.{Name}.{operation}",
                [
                    new Binding(Exchanges.Tasks, $"{operation}.#"),
                    new Binding(Exchanges.Control, RoutingKeys.Cancel(operation)),
                ]
            ),
            TakeAsync,
            CancellationToken.None
        );
    }

    public Task TellAsync(TaskRequested asked, InnerAnswer answer) =>
        EventOf(asked, answer) is { } message ? bus.PublishAsync(message, CancellationToken.None) : Task.CompletedTask;

    private async Task<Settlement> TakeAsync(Delivery delivery, CancellationToken stopping)
    {
        if (delivery.Exchange == Exchanges.Control)
        {
            _withdrawn.Enqueue(JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskCancelled)!);
            return Settlement.Acknowledge;
        }

        var asked = JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskRequested)!;
        _asked.Enqueue(asked);
        await TellAsync(asked, _answers[asked.Operation](asked));
        return Settlement.Acknowledge;
    }

    private OutgoingMessage? EventOf(TaskRequested asked, InnerAnswer answer)
    {
        var now = DateTimeOffset.UtcNow;
        var self = new ServiceReference(Name);
        return answer switch
        {
            { Outputs: { } outputs } => _messages.Of(
                new TaskCompleted(
                    asked.TaskId,
                    asked.Operation,
                    asked.Version,
                    asked.ReplyTo,
                    outputs,
                    now,
                    now,
                    self,
                    asked.Attempt
                )
            ),
            { Error: { } error } => _messages.Of(
                new TaskRejected(
                    asked.TaskId,
                    asked.Operation,
                    asked.Version,
                    asked.ReplyTo,
                    error,
                    now,
                    now,
                    self,
                    asked.Attempt
                )
            ),
            { GivenUp: { } error } => _messages.Of(
                new TaskFailed(
                    asked.TaskId,
                    error,
                    now,
                    asked.ReplyTo,
                    self,
                    asked.Attempt,
                    answer.FailureId,
                    asked.Operation
                )
            ),
            { Parked: { } error } => _messages.Of(
                new TaskIncident(
                    asked.TaskId,
                    error,
                    now,
                    asked.ReplyTo,
                    self,
                    asked.Attempt,
                    answer.FailureId,
                    asked.Operation
                )
            ),
            _ => null,
        };
    }
}
