namespace Integration.Storage.Sqlite;

/// <summary>The file of a database: created so that only its owner may read it.</summary>
internal static class SqliteFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates file and folder where they are missing. SQLite gives its side files (-wal, -shm) the same mode.</summary>
    /// <exception cref="StorageException">They cannot be created.</exception>
    public static void Ensure(string path)
    {
        try
        {
            if (File.Exists(path))
                return;
            CreateFolder(Path.GetDirectoryName(path)!);
            File.Open(path, Options()).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The database file {path} cannot be created: {e.Message} Let Storage__ConnectionString name a file "
                    + "in a folder that this process may write to (Data Source=/path/name.db).",
                e
            );
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        return options;
    }
}
