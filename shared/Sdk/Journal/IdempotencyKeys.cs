using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Integration.Contracts;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>
/// What targets get as idempotency key. The first engine that asked anything of this database keeps its plain task ids, and with
/// them every call that an earlier release has begun; all others get keys of their own
/// (<c>docs/decisions/31-a-task-is-known-by-its-engine.md</c>).
/// </summary>
internal sealed class IdempotencyKeys(IDatabase database, TimeProvider time)
{
    /// <summary>
    /// For this long after the upgrade of a database all engines keep plain ids: replicas of the release before may still be at
    /// work, and would repeat a call with them.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    // The first migration of the journal is of the release before, the second one brought engines.
    private const string Migrations = """
        select min(applied_at), max(applied_at) from schema_versions where component = 'journal' and version <= 2
        """;

    private const string Insert = """
        insert into idempotency_keys (id, first_engine, plain_until) values (1, @Engine, @PlainUntil)
        on conflict (id) do nothing
        """;

    private volatile Rule? _rule;

    /// <summary>Whether targets get the task id itself. False when that is not known before <see cref="LearnAsync"/>.</summary>
    /// <param name="request">The task.</param>
    /// <param name="publishedAt">The message's <c>timestamp</c>; null counts as now.</param>
    /// <param name="known">An earlier attempt: all attempts of a task have one key.</param>
    /// <param name="plain">The answer.</param>
    public bool TryDecide(TaskRequested request, DateTimeOffset? publishedAt, JournalEntry? known, out bool plain)
    {
        var rule = _rule;
        plain =
            known?.PlainKey
            ?? (
                rule is not null
                && (
                    rule.FirstEngine == request.ReplyTo
                    || (rule.PlainUntil > 0 && Milliseconds(publishedAt ?? time.GetUtcNow()) < rule.PlainUntil)
                )
            );
        return known is not null || rule is not null;
    }

    /// <summary>Reads which engine was the first, and makes it this one when there was none. Once in the life of a process.</summary>
    /// <returns>True, for callers that want to be answered.</returns>
    public async Task<bool> LearnAsync(string engine, CancellationToken cancellation)
    {
        _rule = await database.WriteAsync(transaction => RuleAsync(transaction, engine), cancellation);
        return true;
    }

    /// <summary>
    /// The key of a task of any engine but the first: the id, so that a search finds it, and what distinguishes it from the same id of
    /// another engine. Only the latter where the id is no plain ASCII.
    /// </summary>
    public static string Of(string engine, string taskId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{engine.Length}:{engine}{taskId}"));
        var mark = Convert.ToHexStringLower(hash.AsSpan(0, 16));
        return taskId.AsSpan().ContainsAnyExceptInRange('!', '~') ? mark : $"{taskId}.{mark}";
    }

    private static async Task<Rule> RuleAsync(DbTransaction transaction, string engine)
    {
        var connection = transaction.Connection!;
        var (created, upgraded) = await connection.QuerySingleAsync<(string, string)>(
            Migrations,
            transaction: transaction
        );
        await connection.ExecuteAsync(
            Insert,
            new { Engine = engine, PlainUntil = created == upgraded ? 0 : EndOfOverlap(upgraded) },
            transaction
        );
        var (first, until) = await connection.QuerySingleAsync<(string, long)>(
            "select first_engine, plain_until from idempotency_keys where id = 1",
            transaction: transaction
        );
        return new Rule(first, until);
    }

    private static long EndOfOverlap(string upgraded) =>
        Milliseconds(DateTimeOffset.Parse(upgraded, CultureInfo.InvariantCulture) + Overlap);

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private sealed record Rule(string FirstEngine, long PlainUntil);
}
