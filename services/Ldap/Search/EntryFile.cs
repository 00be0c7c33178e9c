using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Integration.Contracts;
using Integration.Files;
using Integration.Ldap.Values;

namespace Integration.Ldap.Search;

/// <summary>Entries as a file, one JSON object on each line. They go into the store while they come: never more than a few are in memory.</summary>
internal static class EntryFile
{
    private const int Portion = 32 * 1024;

    public static async Task<(SearchOutcome, FileReference)> SaveAsync(
        IFileStores files,
        string store,
        Func<Func<FoundEntry, ValueTask>, Task<SearchOutcome>> search,
        CancellationToken cancellation
    )
    {
        var pipe = new Pipe();
        var saving = StoreAsync(files, store, pipe.Reader, cancellation);
        try
        {
            var outcome = await search(entry => WriteAsync(pipe.Writer, entry, cancellation));
            await pipe.Writer.CompleteAsync();
            return (outcome, await saving);
        }
        catch (StoreGoneException)
        {
            // The store says why.
            await saving;
            throw;
        }
        catch (Exception e)
        {
            // Half a list must not look like a whole one: the store drops what it has.
            await pipe.Writer.CompleteAsync(e);
            await Task.WhenAny(saving);
            throw;
        }
    }

    private static async Task<FileReference> StoreAsync(
        IFileStores files,
        string store,
        PipeReader reader,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var content = reader.AsStream();
            return await files.SaveAsync(store, content, "entries.jsonl", "application/jsonl", cancellation);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async ValueTask WriteAsync(PipeWriter writer, FoundEntry entry, CancellationToken cancellation)
    {
        await using (var json = new Utf8JsonWriter(writer))
            JsonSerializer.Serialize(json, entry, OperationJson.Options);
        writer.Write("\n"u8);
        if (writer.UnflushedBytes >= Portion && (await writer.FlushAsync(cancellation)).IsCompleted)
            throw new StoreGoneException();
    }

    private sealed class StoreGoneException : IOException;
}
