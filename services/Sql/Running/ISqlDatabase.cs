namespace Integration.Sql.Running;

/// <summary>A database that tasks may use.</summary>
internal interface ISqlDatabase : IAsyncDisposable
{
    /// <summary>Runs the statements in one transaction and commits it, unless a declared error is met.</summary>
    /// <exception cref="Integration.Errors.TaskErrorException">It failed; unless it says otherwise nothing was changed.</exception>
    Task<IReadOnlyList<StatementResult>> RunAsync(TransactionWork work, CancellationToken cancellation);
}
