namespace Integration.Standalone.Running;

/// <summary>What a first user finds configured: a folder for files and a database, both in the data folder.</summary>
internal static class FirstSettings
{
    public static string[] Files(string folder) =>
        [
            "--Files:Stores:files:Kind=Folder",
            $"--Files:Stores:files:Path={Directory.CreateDirectory(Path.Combine(folder, "files")).FullName}",
        ];

    /// <summary>An empty file is an empty database.</summary>
    public static string[] Database(string folder)
    {
        var databases = Directory.CreateDirectory(Path.Combine(folder, "databases")).FullName;
        using (
            File.Open(
                Path.Combine(databases, "default.db"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.ReadWrite
            )
        ) { }

        return
        [
            $"--Sql:SqliteFolder={databases}",
            "--Sql:Connections:default:Provider=Sqlite",
            "--Sql:Connections:default:File=default.db",
            "--Sql:Connections:default:FreeSql=true",
        ];
    }
}
