using System.Data.Common;

namespace Integration.Storage;

/// <summary>
/// Writes of a hot path, grouped: what arrives while a transaction is being written shares the next one. An idle
/// database is written at once; no timer adds latency.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each.</typeparam>
public abstract class GroupedWrites<TRequest, TResult> : IAsyncDisposable
{
    /// <summary>Completes when the transaction that carried the request is committed.</summary>
    public abstract Task<TResult> SubmitAsync(TRequest request, CancellationToken cancellation);

    /// <summary>Writes what was submitted, then stops.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The work of one group, in one transaction; returns a result for each request, in order.</summary>
    protected abstract Task<IReadOnlyList<TResult>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<TRequest> requests
    );
}
