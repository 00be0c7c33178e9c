using System.Data.Common;
using Dapper;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>
/// Remembers what became of each task, so that a redelivered one is answered and not executed again. On the hot path: a
/// task costs one lookup and one write, both grouped with those of its neighbours.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly IDatabase _database;
    private readonly GroupedWrites<Command, Answer> _writes;
    private readonly JournalReaders? _readers;
    private readonly TimeProvider _time;
    private readonly string _owner;

    public Journal(IDatabase database, TimeProvider time, string owner)
    {
        _database = database;
        _time = time;
        _owner = owner;
        _writes = new GroupedWrites<Command, Answer>(database, ApplyAsync);
        // A server is asked for many rows in one round trip; a file is read at once.
        _readers = database.Dialect.Shared ? null : new JournalReaders(database, JournalSql.Select, ReadEntry);
    }

    /// <summary>What is known of the task; null for a new one.</summary>
    public async ValueTask<JournalEntry?> FindAsync(TaskIdentity task, CancellationToken cancellation)
    {
        if (_readers is not null)
            return await _readers.FindAsync(task, cancellation);
        var answer = await _writes.SubmitAsync(new Command(new Key(task.TaskId, task.Engine), null), cancellation);
        // What follows is the operation, which must not hold up those that were looked up together with it.
        await Task.Yield();
        return answer.Entry;
    }

    /// <summary>What is known of one of several calls of a task.</summary>
    public async Task<JournalEntry?> FindStepAsync(TaskIdentity task, string step, CancellationToken cancellation) =>
        await _database.WriteAsync(
            async transaction =>
                (
                    await _database.FindManyAsync(
                        transaction,
                        JournalSql.SelectStep,
                        [new StepKey(task.TaskId, task.Engine, step)],
                        ReadEntry,
                        cancellation
                    )
                )[0],
            cancellation
        );

    /// <summary>Before the call of a <see cref="Effect.Once"/> operation. False when another delivery of the task was first.</summary>
    public async Task<bool> WriteIntentAsync(JournalTask task, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var answer = await SubmitAsync(task, JournalState.Intent, expiresAt, outcome: null, cancellation);
        // Off the writer's thread, as above.
        await Task.Yield();
        return answer.Written;
    }

    /// <summary>
    /// A call that was begun here, and that is known to have had no effect. Of a first attempt only: of a later one the row
    /// says more than that.
    /// </summary>
    public async Task WithdrawIntentAsync(JournalTask task, CancellationToken cancellation)
    {
        if (task.Request.Attempt == 1)
            await ExecuteAsync(
                JournalSql.Withdraw,
                new
                {
                    task.Request.TaskId,
                    Engine = task.Request.ReplyTo,
                    task.Step,
                    State = (int)JournalState.Intent,
                    Owner = _owner,
                },
                cancellation
            );
    }

    /// <summary>
    /// After the call. False when the task has a final outcome or a later attempt already, or when this attempt is of another
    /// request.
    /// </summary>
    public async Task<bool> WriteOutcomeAsync(
        JournalTask task,
        JournalState state,
        ReadOnlyMemory<byte> outcome,
        CancellationToken cancellation
    ) => (await SubmitAsync(task, state, expiresAt: null, outcome, cancellation)).Written;

    /// <summary>Forgets what is older than <paramref name="before"/>; returns how many rows that were.</summary>
    public Task<int> PurgeAsync(DateTimeOffset before, int atMost, CancellationToken cancellation) =>
        ExecuteAsync(JournalSql.Purge, new { Before = before.ToUnixTimeMilliseconds(), AtMost = atMost }, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        if (_readers is not null)
            await _readers.DisposeAsync();
    }

    private Task<int> ExecuteAsync(
        IReadOnlyList<string> statements,
        object parameters,
        CancellationToken cancellation
    ) =>
        _database.WriteAsync(
            async transaction =>
            {
                var affected = 0;
                foreach (var sql in statements)
                    affected += await transaction.Connection!.ExecuteAsync(sql, parameters, transaction);
                return affected;
            },
            cancellation
        );

    private Task<Answer> SubmitAsync(
        JournalTask task,
        JournalState state,
        DateTimeOffset? expiresAt,
        ReadOnlyMemory<byte>? outcome,
        CancellationToken cancellation
    )
    {
        var request = task.Request;
        var row = new Row(
            request.TaskId,
            request.ReplyTo,
            task.Step,
            task.Further || task.Step.Length > 0,
            task.Fingerprint,
            task.PlainKey ? 1 : 0,
            request.Attempt,
            (int)state,
            request.Operation,
            _owner,
            expiresAt?.ToUnixTimeMilliseconds() ?? 0,
            outcome ?? default,
            _time.GetUtcNow().ToUnixTimeMilliseconds()
        );
        return _writes.SubmitAsync(new Command(null, row), cancellation);
    }

    private async Task<IReadOnlyList<Answer>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<Command> commands,
        CancellationToken cancellation
    )
    {
        var answers = new Answer[commands.Count];
        await WriteAsync(transaction, commands, answers, intents: true, cancellation);
        await WriteAsync(transaction, commands, answers, intents: false, cancellation);
        await ReadAsync(transaction, commands, answers, cancellation);
        return answers;
    }

    private async Task WriteAsync(
        DbTransaction transaction,
        IReadOnlyList<Command> commands,
        Answer[] answers,
        bool intents,
        CancellationToken cancellation
    )
    {
        List<Row>? rows = null;
        List<Row>? further = null;
        List<int>? positions = null;
        List<int>? furtherPositions = null;
        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i].Row is not { } row || row.State == (int)JournalState.Intent != intents)
                continue;
            if (row.IsFurther)
            {
                (further ??= []).Add(row);
                (furtherPositions ??= []).Add(i);
                continue;
            }

            (rows ??= []).Add(row);
            (positions ??= []).Add(i);
        }

        if (rows is not null)
        {
            var sql = intents ? JournalSql.WriteIntent : JournalSql.WriteOutcome;
            var affected = await _database.ExecuteManyAsync(transaction, sql, rows, cancellation);
            for (var i = 0; i < affected.Count; i++)
            {
                answers[positions![i]] = new Answer(Entry: null, Written: affected[i] > 0);
                if (affected[i] > 0)
                    continue;
                // Perhaps because another engine has its row there.
                (further ??= []).Add(rows[i]);
                (furtherPositions ??= []).Add(positions[i]);
            }
        }

        if (further is not null)
        {
            var sql = intents ? JournalSql.WriteIntentFurther : JournalSql.WriteOutcomeFurther;
            var affected = await _database.ExecuteManyAsync(transaction, sql, further, cancellation);
            for (var i = 0; i < affected.Count; i++)
                answers[furtherPositions![i]] = new Answer(Entry: null, Written: affected[i] > 0);
        }
    }

    private async Task ReadAsync(
        DbTransaction transaction,
        IReadOnlyList<Command> commands,
        Answer[] answers,
        CancellationToken cancellation
    )
    {
        List<Key>? keys = null;
        List<int>? positions = null;
        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i].Key is not { } key)
                continue;
            (keys ??= []).Add(key);
            (positions ??= []).Add(i);
        }

        if (keys is null)
            return;
        var entries = await _database.FindManyAsync(transaction, JournalSql.Select, keys, ReadEntry, cancellation);
        for (var i = 0; i < entries.Count; i++)
            answers[positions![i]] = new Answer(entries[i], Written: false);
    }

    private static JournalEntry ReadEntry(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetInt32(1),
            (JournalState)row.GetInt32(2),
            row.GetString(3),
            row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6),
            row.GetInt32(7) != 0,
            row.GetInt32(8) != 0
        );

    // Either what is looked for or what is written.
    private readonly record struct Command(Key? Key, Row? Row);

    private sealed record Key(string TaskId, string Engine);

    private sealed record StepKey(string TaskId, string Engine, string Step);

    private readonly record struct Answer(JournalEntry? Entry, bool Written);

    private sealed record Row(
        string TaskId,
        string Engine,
        string Step,
        bool IsFurther,
        byte[] Fingerprint,
        int PlainKey,
        int Attempt,
        int State,
        string Operation,
        string Owner,
        long ExpiresAt,
        ReadOnlyMemory<byte> Outcome,
        long RecordedAt
    );
}
