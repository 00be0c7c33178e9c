using System.Data.Common;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// The one way in which instances change: work of many instances shares a transaction, and when that is committed its
/// messages go out and waiting messages are looked up.
/// </summary>
internal sealed class InstanceWriter : IAsyncDisposable
{
    private readonly InstanceStore _store;
    private readonly Outgoing _outgoing;
    private readonly TimeProvider _time;
    private readonly GroupedWrites<Work, WorkResult> _writes;

    public InstanceWriter(InstanceStore store, Outgoing outgoing, TimeProvider time)
    {
        _store = store;
        _outgoing = outgoing;
        _time = time;
        _writes = new GroupedWrites<Work, WorkResult>(store.Database, ApplyAsync);
    }

    public IDatabase Database => _store.Database;

    /// <summary>Called with what instances began to wait for, after it is committed.</summary>
    public Action<IReadOnlyList<SubscriptionRow>> Opened { get; set; } = _ => { };

    /// <summary>Completes when the work is committed; its messages may still be on their way.</summary>
    public async Task<WorkResult> DoAsync(Work work, CancellationToken cancellation = default)
    {
        var outcome = await _writes.SubmitAsync(work, cancellation);
        AfterCommit([outcome]);
        return outcome;
    }

    /// <summary>Work that finds its own instances, in its own transaction.</summary>
    public async Task<IReadOnlyList<WorkResult>> DoAsync(
        Func<DbTransaction, InstanceTransaction, Task<IReadOnlyList<WorkResult>>> work,
        CancellationToken cancellation
    )
    {
        var outcomes = await _store.Database.WriteAsync(
            async transaction =>
            {
                var instances = Begin(transaction, cancellation);
                var done = await work(transaction, instances);
                await instances.SaveAsync();
                return done;
            },
            cancellation
        );
        AfterCommit(outcomes);
        return outcomes;
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private void AfterCommit(IReadOnlyList<WorkResult> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _outgoing.Outbox.Publish(outcome.Messages);
            if (outcome.Opened.Count > 0)
                Opened(outcome.Opened);
        }
    }

    private InstanceTransaction Begin(DbTransaction transaction, CancellationToken cancellation) =>
        new(transaction, _store, _time.GetUtcNow(), cancellation);

    private async Task<IReadOnlyList<WorkResult>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<Work> group,
        CancellationToken cancellation
    )
    {
        var instances = Begin(transaction, cancellation);
        var repeated = await Inbox.TakeAsync(
            _store.Database,
            transaction,
            [.. group.OfType<StartWork>()],
            _time.GetUtcNow(),
            cancellation
        );
        await instances.LoadAsync(group.OfType<InstanceWork>().Select(work => work.InstanceId));
        var outcomes = new List<WorkResult>(group.Count);
        foreach (var work in group)
            outcomes.Add(
                work switch
                {
                    StartWork start when repeated.TryGetValue(start, out var earlier) => new WorkResult(
                        WorkResultKind.Repeated,
                        earlier
                    ),
                    StartWork start => instances.Start(start),
                    InstanceWork command => instances.Apply(command),
                    _ => throw new ArgumentOutOfRangeException(nameof(group), work, "No such work."),
                }
            );

        await instances.SaveAsync();
        await _outgoing.Outbox.RemoveConfirmedAsync(transaction);
        return outcomes;
    }
}
