using Integration.Files;
using Integration.Sql.Running;

namespace Integration.Sql.PostgreSql;

/// <summary>The files that are values of one statement, open while it is run.</summary>
internal sealed class FileContents : IAsyncDisposable
{
    private readonly Dictionary<string, FileContent> _contents = new(StringComparer.Ordinal);

    private FileContents() { }

    public static async Task<FileContents> OpenAsync(
        StatementCall call,
        IFileStores files,
        CancellationToken cancellation
    )
    {
        var contents = new FileContents();
        try
        {
            foreach (var (name, value) in call.Values)
            {
                if (value.File is { } file)
                    contents._contents[name] = new FileContent(
                        await files.OpenReadAsync(file, cancellation),
                        file.Size,
                        cancellation
                    );
            }

            return contents;
        }
        catch
        {
            await contents.DisposeAsync();
            throw;
        }
    }

    public FileContent? Find(string name) => _contents.GetValueOrDefault(name);

    /// <summary>Runs what reads the files. When one of them fails, that is the failure, and not what the driver makes of it.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> send)
    {
        try
        {
            return await send();
        }
        catch when (_contents.Values.FirstOrDefault(one => one.Failure is not null) is { } failed)
        {
            throw failed.Failure!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var content in _contents.Values)
            await content.DisposeAsync();
    }
}
