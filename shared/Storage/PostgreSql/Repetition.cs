using Npgsql;

namespace Integration.Storage.PostgreSql;

/// <summary>When a transaction is run again, and after which pause.</summary>
internal sealed class Repetition(TimeProvider time, Random random)
{
    /// <summary>As many as writers that contend for one row need; a server that is down is given up after about a second.</summary>
    public const int Most = 25;

    private const double LongestPause = 100;

    /// <summary>
    /// Whether nothing of the transaction has taken effect and it may succeed next time. A connection that was lost while
    /// the commit was under way leaves it open whether it has: that is for the caller to find out.
    /// </summary>
    public static bool Allowed(Exception e, bool committing) =>
        e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.SerializationFailure } => true,
            PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } => true,
            // A plan that was cached before another replica changed the table.
            // The server says it in its own language, and has other features that it does not support: its routine is the same in all.
            PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported } p => p.Routine
                == "RevalidateCachedQuery",
            NpgsqlException npgsql => npgsql.IsTransient && !committing,
            _ => false,
        };

    /// <summary>Nothing after the first attempt, then longer and longer, by chance so that contenders part.</summary>
    public Task PauseAsync(int attempt, CancellationToken cancellation) =>
        attempt == 1
            ? Task.CompletedTask
            : Task.Delay(
                TimeSpan.FromMilliseconds(random.NextDouble() * Math.Min(Math.Pow(2, attempt), LongestPause)),
                time,
                cancellation
            );
}
