using Integration.Contracts;
using Integration.Files;

namespace Integration.Sql.Running;

/// <summary>A query and a file store at work together: what the one gives, the other saves. Both succeed, or nothing is saved.</summary>
internal sealed class SavedQuery(ISqlDatabase database, IFileStores files)
{
    public async Task<(FileReference File, StatementResult Result)> RunAsync(
        TransactionWork work,
        Export export,
        FileWanted wanted,
        CancellationToken cancellation
    )
    {
        // An unknown store is reported before the database is asked.
        files.Require(wanted.Store);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var saving = files.SaveAsync(wanted.Store, export.Content, wanted.Name, wanted.ContentType, stop.Token);
        var reading = ReadAsync(work, export, stop.Token);
        try
        {
            var file = await saving;
            return (file, await reading);
        }
        catch
        {
            await export.AbandonAsync();
            await stop.CancelAsync();
            await reading.ContinueWith(
                static _ => { },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            throw;
        }
    }

    private async Task<StatementResult> ReadAsync(TransactionWork work, Export export, CancellationToken cancellation)
    {
        try
        {
            var result = (await database.RunAsync(work, cancellation))[0];
            if (export.Form == ExportForm.Value && result.Exported != 1)
                throw NotOneValue.Found("no row");
            await export.EndAsync();
            return result;
        }
        catch (Exception e)
        {
            // The store reads this instead of the end, and keeps nothing.
            await export.EndAsync(e);
            throw;
        }
    }
}
