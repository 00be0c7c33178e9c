using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Integration.Bus;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Messaging;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// Instances within one transaction: reads and locks them, applies commands in memory, and writes states, history,
/// subscriptions and outgoing messages together.
/// </summary>
internal sealed class InstanceTransaction(
    DbTransaction transaction,
    InstanceStore store,
    DateTimeOffset now,
    CancellationToken cancellation
)
{
    private readonly Dictionary<string, Loaded> _loaded = new(StringComparer.Ordinal);
    private readonly List<OutboxRow> _outbox = [];
    private readonly List<SubscriptionRow> _opened = [];
    private readonly List<SubscriptionRow> _closed = [];

    private IDatabase Database => store.Database;

    /// <summary>Reads and locks; in the order of their ids, so that two replicas cannot wait for each other.</summary>
    public async Task LoadAsync(IEnumerable<string> ids)
    {
        var wanted = ids.Where(id => !_loaded.ContainsKey(id))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(id => new { Id = id })
            .ToList();
        if (wanted.Count == 0)
            return;
        var rows = await Database.FindManyAsync(transaction, store.Select, wanted, Read, cancellation);
        foreach (var row in rows.OfType<Loaded>())
        {
            row.Definition = await store.Definitions.GetAsync(
                transaction.Connection!,
                transaction,
                row.State.Definition,
                row.State.Version
            );
            _loaded.Add(row.State.Id, row);
        }
    }

    /// <summary>The instance as it is now.</summary>
    public InstanceState? Find(string id) => _loaded.GetValueOrDefault(id)?.State;

    public WorkResult Start(StartWork work)
    {
        var transition = store.Engine.Start(work.Definition, work.Command, now);
        var instance = new Loaded(transition.State with { Open = [] }, revision: 0, isNew: true)
        {
            Definition = work.Definition,
        };
        _loaded.Add(transition.State.Id, instance);
        return Take(instance, transition, work.Trace);
    }

    public WorkResult Apply(InstanceWork work)
    {
        if (!_loaded.TryGetValue(work.InstanceId, out var instance))
            return new WorkResult(
                WorkResultKind.NotFound,
                work.InstanceId,
                Reason: "There is no such process instance."
            );
        if (work is { Subject: { } subject, Command: TaskCommand { Key: var key } })
        {
            var element = instance.State.Open.FirstOrDefault(open => open.Key == key && open.Task is not null);
            if (element is null ? !instance.State.MayHaveAsked(key) : element.Task!.Id != subject.TaskId)
                return new WorkResult(
                    WorkResultKind.NotFound,
                    work.InstanceId,
                    Reason: "The process instance has never asked for such a task."
                );
            if (element is not null && Mismatch(instance, element, subject) is { } mismatch)
                return new WorkResult(WorkResultKind.Mismatched, work.InstanceId, instance.State, mismatch);
        }

        var transition = store.Engine.Apply(instance.Definition, instance.State, work.Command, now);
        return transition.Refusal is { } refusal
            ? new WorkResult(WorkResultKind.Refused, work.InstanceId, instance.State, refusal)
            : Take(instance, transition, work.Trace);
    }

    /// <summary>Sends something that no instance has caused.</summary>
    public OutboxRow Send(OutgoingMessage message, TraceContext trace)
    {
        var row = OutboxRow.Of(message, trace, now, store.Lease);
        _outbox.Add(row);
        return row;
    }

    public async Task SaveAsync()
    {
        var changed = _loaded.Values.Where(instance => instance.Entries.Count > 0).ToList();
        await WriteAsync(InstanceStore.Insert, [.. changed.Where(one => one.IsNew).Select(one => one.ToRow())]);
        var updated = await WriteAsync(
            InstanceStore.Update,
            [.. changed.Where(one => !one.IsNew).Select(one => one.ToRow())]
        );
        if (updated.Contains(0))
            throw new InvalidOperationException(
                "An instance was changed by another transaction, though it was locked."
            );
        await WriteAsync(InstanceStore.InsertHistory, [.. changed.Select(one => one.ToHistory(now))]);
        await WriteAsync(InstanceStore.DeleteSubscription, _closed);
        await WriteAsync(InstanceStore.InsertSubscription, _opened);
        await OutboxRow.Table.AddAsync(Database, transaction, _outbox, cancellation);
    }

    /// <summary>Why the result is not one of the task that it names.</summary>
    private static string? Mismatch(Loaded instance, OpenElement element, ResultSubject subject)
    {
        var asked = (ServiceTask)instance.Definition.Model.Nodes[element.Element];
        return
            (subject.Operation is null || subject.Operation == asked.Operation)
            && (subject.Version is null || subject.Version == asked.Version)
            ? null
            : $"It is about '{subject.Operation}' version {subject.Version?.ToString(CultureInfo.InvariantCulture) ?? "(not stated)"}; "
                + $"the element {element.Element} has asked for '{asked.Operation}' version {asked.Version}.";
    }

    private WorkResult Take(Loaded instance, Transition transition, TraceContext trace)
    {
        var before = instance.State.Open;
        instance.State = transition.State;
        instance.Entries.AddRange(transition.History);
        var opened = Subscriptions(transition.State, transition.State.Open, before).ToList();
        Close(Subscriptions(transition.State, before, transition.State.Open));
        _opened.AddRange(opened);
        // Timers and operators have no trace of their own.
        var context = trace.Parent is null ? new TraceContext(transition.State.TraceParent, null) : trace;
        return new WorkResult(WorkResultKind.Done, transition.State.Id, transition.State)
        {
            Messages = [.. transition.Outgoing.Select(one => Send(Message(one), context))],
            Opened = opened,
        };
    }

    private void Close(IEnumerable<SubscriptionRow> subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            // Opened and closed in the same transaction: never written.
            if (
                _opened.RemoveAll(o =>
                    o.InstanceId == subscription.InstanceId && o.ElementKey == subscription.ElementKey
                ) == 0
            )
                _closed.Add(subscription);
        }
    }

    /// <summary>The subscriptions of <paramref name="elements"/> that are not among <paramref name="others"/>.</summary>
    private IEnumerable<SubscriptionRow> Subscriptions(
        InstanceState state,
        IReadOnlyList<OpenElement> elements,
        IReadOnlyList<OpenElement> others
    ) =>
        from element in elements
        let message = element.Message
        where message is not null
        where !others.Any(other => other.Key == element.Key && other.Message is not null)
        select new SubscriptionRow(
            state.Id,
            element.Key,
            message.Name,
            message.CorrelationKey,
            now.ToUnixTimeMilliseconds()
        );

    private OutgoingMessage Message(OutgoingEvent outgoing) =>
        outgoing switch
        {
            RequestTask request => store.Messages.Of(request.Event),
            CancelTask cancel => store.Messages.Of(cancel.Event),
            ReportError error => store.Messages.Of(error.Event),
            TellCompleted completed => EndOfInstance.Message(store.Messages, completed.Event),
            TellFailed failed => EndOfInstance.Message(store.Messages, failed.Event),
            _ => throw new ArgumentOutOfRangeException(nameof(outgoing), outgoing, "No such event."),
        };

    private async Task<IReadOnlyList<int>> WriteAsync<T>(string sql, IReadOnlyList<T> rows) =>
        rows.Count == 0 ? [] : await Database.ExecuteManyAsync(transaction, sql, rows, cancellation);

    private static Loaded Read(DbDataReader reader) =>
        new(
            JsonSerializer.Deserialize((byte[])reader["state"], StateJson.Default.InstanceState)!,
            Convert.ToInt32(reader["revision"]),
            isNew: false
        );

    private sealed class Loaded(InstanceState state, int revision, bool isNew)
    {
        public InstanceState State { get; set; } = state;

        public ProcessDefinition Definition { get; set; } = null!;

        public bool IsNew => isNew;

        public List<HistoryEntry> Entries { get; } = [];

        public InstanceRow ToRow() => InstanceRow.Of(State, revision + 1);

        public HistoryRow ToHistory(DateTimeOffset at) =>
            new(
                State.Id,
                revision + 1,
                at.ToUnixTimeMilliseconds(),
                JsonSerializer.SerializeToUtf8Bytes(Entries, StateJson.Default.IReadOnlyListHistoryEntry)
            );
    }
}
