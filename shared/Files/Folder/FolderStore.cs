using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files;

/// <summary>
/// A file is written beside the others, flushed to the disk and then renamed: it is there whole or not at all, also after a
/// crash.
/// </summary>
internal sealed class FolderStore(string name, string root, TimeProvider time) : IFileStore
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Begins with a dot, so no key leads into it.</summary>
    private const string Unfinished = ".unfinished";

    private static readonly TimeSpan _abandoned = TimeSpan.FromDays(1);

    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        var path = FolderPath.Of(root, reference);
        try
        {
            return Task.FromResult<Stream>(
                new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    BufferSize,
                    true
                )
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        {
            throw FileErrors.NotFound(reference, e);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw FileErrors.NotFound(reference);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure("read from", e);
        }
    }

    public async Task<StoredFile> SaveAsync(
        string key,
        Stream content,
        string? contentType,
        CancellationToken cancellation
    )
    {
        var target = FolderPath.Of(root, new FileReference(name, key, 0, ""));
        var temporary = Path.Join(root, Unfinished, Path.GetFileName(target));
        try
        {
            await using (var file = Create(temporary))
                await CopyAsync(content, file, cancellation);
            Guarded(() =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(temporary, target);
            });
            return new StoredFile(null, key);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private FileStream Create(string temporary)
    {
        FileStream? file = null;
        Guarded(() =>
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            RemoveAbandoned(folder);
            // Without a buffer of its own: what a full disk refused would be written again, and refused again, at its end.
            file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, true);
        });
        return file!;
    }

    private async Task CopyAsync(Stream content, FileStream file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            try
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
            // The last: the file is larger than the file system takes.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
            {
                throw Failure("write to", e);
            }
        }

        Guarded(() => file.Flush(flushToDisk: true));
    }

    /// <summary>What a process that died while it wrote has left behind.</summary>
    private void RemoveAbandoned(DirectoryInfo folder)
    {
        var before = time.GetUtcNow().UtcDateTime - _abandoned;
        foreach (var file in folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before))
            Discard(file.FullName);
    }

    private static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure is already being reported; the next save looks for what was left behind.
        }
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure("write to", e);
        }
    }

    private TaskErrorException Failure(string what, Exception e) =>
        e is UnauthorizedAccessException
            ? new AccessErrorException(
                "file-store-refused",
                $"This service may not {what} the folder of the file store '{name}'. Give its user the right.",
                e
            )
            : new ConnectivityErrorException(
                "file-store-unavailable",
                $"This service could not {what} the folder of the file store '{name}': {e.GetType().Name}. Is it mounted, and is "
                    + "there space left?",
                e
            );
}
