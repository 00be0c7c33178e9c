using System.Data.Common;
using Dapper;
using Integration.Contracts;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>
/// Remembers what became of each task, so that a redelivered one is answered and not executed again. On the hot path: a
/// task costs one lookup and one write, both grouped with those of its neighbours.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    // An intent may follow nothing, the failed attempt before it, or itself, when its commit was not heard of; never the
    // intent of another process, and never an outcome.
    private const string WriteIntent = """
        insert into journal (task_id, attempt, state, operation, owner, expires_at, outcome, recorded_at)
        values (@TaskId, @Attempt, @State, @Operation, @Owner, @ExpiresAt, null, @RecordedAt)
        on conflict (task_id) do update set
            attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
            expires_at = excluded.expires_at, outcome = null, recorded_at = excluded.recorded_at
        where (journal.state in (0, 2) and journal.attempt < excluded.attempt)
            or (journal.state = 1 and journal.attempt = excluded.attempt and journal.owner = excluded.owner)
        """;

    // The first final outcome stays; a failed attempt gives way to anything that is not older.
    private const string WriteOutcome = """
        insert into journal (task_id, attempt, state, operation, owner, expires_at, outcome, recorded_at)
        values (@TaskId, @Attempt, @State, @Operation, @Owner, @ExpiresAt, @Outcome, @RecordedAt)
        on conflict (task_id) do update set
            attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
            expires_at = 0, outcome = excluded.outcome, recorded_at = excluded.recorded_at
        where journal.state <= 2 and journal.attempt <= excluded.attempt
        """;

    private const string Select = """
        select task_id, attempt, state, owner, expires_at, outcome from journal where task_id = @TaskId
        """;

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
        _readers = database.Dialect.Shared ? null : new JournalReaders(database, Select, ReadEntry);
    }

    /// <summary>What is known of the task; null for a new one.</summary>
    public async ValueTask<JournalEntry?> FindAsync(string taskId, CancellationToken cancellation)
    {
        if (_readers is not null)
            return await _readers.FindAsync(taskId, cancellation);
        var answer = await _writes.SubmitAsync(new Command(taskId, Row: null), cancellation);
        // What follows is the operation, which must not hold up those that were looked up together with it.
        await Task.Yield();
        return answer.Entry;
    }

    /// <summary>Before the call of a <see cref="Effect.Once"/> operation. False when somebody else was there first.</summary>
    public async Task<bool> WriteIntentAsync(
        TaskRequested request,
        DateTimeOffset expiresAt,
        CancellationToken cancellation
    )
    {
        var answer = await SubmitAsync(request, JournalState.Intent, expiresAt, outcome: null, cancellation);
        // As above.
        await Task.Yield();
        return answer.Written;
    }

    /// <summary>
    /// A call that was begun here, and that is known to have had no effect. Of a first attempt only: of a later one the row
    /// says more than that.
    /// </summary>
    public Task WithdrawIntentAsync(TaskRequested request, CancellationToken cancellation) =>
        _database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    """
                    delete from journal
                    where task_id = @TaskId and state = @State and attempt = 1 and @Attempt = 1 and owner = @Owner
                    """,
                    new
                    {
                        request.TaskId,
                        State = (int)JournalState.Intent,
                        request.Attempt,
                        Owner = _owner,
                    },
                    transaction
                ),
            cancellation
        );

    /// <summary>After the call. False when the task has a final outcome or a later attempt already.</summary>
    public async Task<bool> WriteOutcomeAsync(
        TaskRequested request,
        JournalState state,
        ReadOnlyMemory<byte> outcome,
        CancellationToken cancellation
    ) => (await SubmitAsync(request, state, expiresAt: null, outcome, cancellation)).Written;

    /// <summary>Forgets what is older than <paramref name="before"/>; returns how many rows that were.</summary>
    public Task<int> PurgeAsync(DateTimeOffset before, int atMost, CancellationToken cancellation) =>
        _database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    """
                    delete from journal where task_id in (
                        select task_id from journal where recorded_at < @Before order by recorded_at limit @AtMost)
                    """,
                    new { Before = before.ToUnixTimeMilliseconds(), AtMost = atMost },
                    transaction
                ),
            cancellation
        );

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        if (_readers is not null)
            await _readers.DisposeAsync();
    }

    private Task<Answer> SubmitAsync(
        TaskRequested request,
        JournalState state,
        DateTimeOffset? expiresAt,
        ReadOnlyMemory<byte>? outcome,
        CancellationToken cancellation
    )
    {
        var row = new Row(
            request.TaskId,
            request.Attempt,
            (int)state,
            request.Operation,
            _owner,
            expiresAt?.ToUnixTimeMilliseconds() ?? 0,
            outcome ?? default,
            _time.GetUtcNow().ToUnixTimeMilliseconds()
        );
        return _writes.SubmitAsync(new Command(request.TaskId, row), cancellation);
    }

    private async Task<IReadOnlyList<Answer>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<Command> commands,
        CancellationToken cancellation
    )
    {
        var answers = new Answer[commands.Count];
        await WriteAsync(transaction, commands, answers, JournalState.Intent, WriteIntent, cancellation);
        await WriteAsync(transaction, commands, answers, state: null, WriteOutcome, cancellation);
        await ReadAsync(transaction, commands, answers, cancellation);
        return answers;
    }

    private async Task WriteAsync(
        DbTransaction transaction,
        IReadOnlyList<Command> commands,
        Answer[] answers,
        JournalState? state,
        string sql,
        CancellationToken cancellation
    )
    {
        List<Row>? rows = null;
        List<int>? positions = null;
        for (var i = 0; i < commands.Count; i++)
        {
            if (
                commands[i].Row is not { } row
                || row.State == (int)JournalState.Intent != (state == JournalState.Intent)
            )
                continue;
            (rows ??= []).Add(row);
            (positions ??= []).Add(i);
        }

        if (rows is null)
            return;
        var affected = await _database.ExecuteManyAsync(transaction, sql, rows, cancellation);
        for (var i = 0; i < affected.Count; i++)
            answers[positions![i]] = new Answer(Entry: null, Written: affected[i] > 0);
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
            if (commands[i].Row is not null)
                continue;
            (keys ??= []).Add(new Key(commands[i].TaskId));
            (positions ??= []).Add(i);
        }

        if (keys is null)
            return;
        var entries = await _database.FindManyAsync(transaction, Select, keys, ReadEntry, cancellation);
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
            row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)
        );

    private readonly record struct Command(string TaskId, Row? Row);

    private sealed record Key(string TaskId);

    private readonly record struct Answer(JournalEntry? Entry, bool Written);

    private sealed record Row(
        string TaskId,
        int Attempt,
        int State,
        string Operation,
        string Owner,
        long ExpiresAt,
        ReadOnlyMemory<byte> Outcome,
        long RecordedAt
    );
}
