namespace Integration.Sdk;

/// <summary>
/// The statements of the journal. A task's row is in <c>journal</c>, where the release before finds it, unless another engine has
/// used the id first; that engine's row is in <c>journal_further</c> then, and so are steps.
/// </summary>
internal static class JournalSql
{
    private const string Own = "task_id = @TaskId and engine = @Engine and step = @Step";

    private const string Columns = "task_id, attempt, state, owner, expires_at, outcome, fingerprint, plain_key";

    /// <summary>A task's row. There are two of them only when the one in the first table is of the release before.</summary>
    public const string Select = $"""
        select {Columns}, 1 from journal_further where task_id = @TaskId and engine = @Engine and step = ''
        union all
        select {Columns}, 0 from journal where task_id = @TaskId and (engine = @Engine or engine is null)
        """;

    /// <summary>The row of a step.</summary>
    public const string SelectStep = $"select {Columns}, 1 from journal_further where {Own}";

    /// <summary>An intent in the first table; changes nothing where another engine has its row.</summary>
    public static string WriteIntent { get; } = First(Intent("journal"));

    /// <summary>An intent in the second table.</summary>
    public static string WriteIntentFurther { get; } = Further(Intent("journal_further"));

    /// <summary>An outcome in the first table; changes nothing where another engine has its row.</summary>
    public static string WriteOutcome { get; } = First(Outcome("journal"));

    /// <summary>An outcome in the second table.</summary>
    public static string WriteOutcomeFurther { get; } = Further(Outcome("journal_further"));

    /// <summary>Takes back an intent of a first attempt.</summary>
    public static IReadOnlyList<string> Withdraw { get; } =
    [
        """
            delete from journal
            where task_id = @TaskId and engine = @Engine and state = @State and attempt = 1 and owner = @Owner
            """,
        $"delete from journal_further where {Own} and state = @State and attempt = 1 and owner = @Owner",
    ];

    /// <summary>Forgets what is old.</summary>
    public static IReadOnlyList<string> Purge { get; } =
    [
        """
            delete from journal where task_id in (
                select task_id from journal where recorded_at < @Before order by recorded_at limit @AtMost)
            """,
        """
            delete from journal_further where (task_id, engine, step) in (
                select task_id, engine, step from journal_further
                where recorded_at < @Before order by recorded_at limit @AtMost)
            """,
    ];

    private static string First((string Values, string Update) write) =>
        $"""
            insert into journal (task_id, engine, {write.Values})
            values (@TaskId, @Engine, {Parameters(write.Values)})
            on conflict (task_id) do update set engine = excluded.engine, {write.Update}
                and (journal.engine is null or journal.engine = excluded.engine)
            """;

    private static string Further((string Values, string Update) write) =>
        $"""
            insert into journal_further (task_id, engine, step, {write.Values})
            select @TaskId, @Engine, @Step, {Parameters(write.Values)}
            where @Step <> ''
                or exists (select 1 from journal where task_id = @TaskId and engine <> @Engine)
                or exists (select 1 from journal_further where {Own})
            on conflict (task_id, engine, step) do update set {write.Update}
            """;

    // An intent may follow nothing, the failed attempt before it, or itself, when its commit was not heard of; never the
    // intent of another process, and never an outcome.
    private static (string Values, string Update) Intent(string table) =>
        (
            "fingerprint, plain_key, attempt, state, operation, owner, expires_at, recorded_at",
            $"""
            fingerprint = excluded.fingerprint, plain_key = excluded.plain_key, operation = excluded.operation,
                attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
                expires_at = excluded.expires_at, outcome = null, recorded_at = excluded.recorded_at
            where (({table}.state in (0, 2) and {table}.attempt < excluded.attempt)
                or ({table}.state = 1 and {table}.attempt = excluded.attempt and {table}.owner = excluded.owner
                    and {Fits(table)}))
            """
        );

    // The first final outcome stays; a failed attempt gives way to anything that is not older.
    private static (string Values, string Update) Outcome(string table) =>
        (
            "fingerprint, plain_key, attempt, state, operation, owner, expires_at, outcome, recorded_at",
            $"""
            fingerprint = excluded.fingerprint, plain_key = excluded.plain_key, operation = excluded.operation,
                attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
                expires_at = 0, outcome = excluded.outcome, recorded_at = excluded.recorded_at
            where {table}.state <= 2
                and ({table}.attempt < excluded.attempt or ({table}.attempt = excluded.attempt and {Fits(table)}))
            """
        );

    private static string Fits(string table) =>
        $"({table}.fingerprint is null or {table}.fingerprint = excluded.fingerprint)";

    /// <summary>The parameter of each column has its name without the underscores.</summary>
    private static string Parameters(string columns) =>
        "@" + columns.Replace(", ", ", @", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
