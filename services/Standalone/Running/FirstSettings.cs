namespace Integration.Standalone.Running;

/// <summary>What a first user finds configured: a folder for files and a database, both in the data folder, and what the samples need.</summary>
internal static class FirstSettings
{
    /// <summary>Of a service, by its name.</summary>
    public static string[] Of(string service, string folder) =>
        service switch
        {
            // Five retries take seconds here instead of minutes.
            "error-treatment" =>
            [
                "--Treatment:Connectivity:Delay=00:00:00.5",
                "--Treatment:Connectivity:LongestDelay=00:00:05",
            ],
            // The sample systems are on this machine, which no process may call otherwise.
            "rest" => ["--Egress:AllowLoopback=true"],
            "soap" or "s3" or "mail" or "ldap" => Files(folder),
            "sql" => [.. Files(folder), .. Database(folder)],
            _ => [],
        };

    private static string[] Files(string folder) =>
        [
            "--Files:Stores:files:Kind=Folder",
            $"--Files:Stores:files:Path={Directory.CreateDirectory(Path.Combine(folder, "files")).FullName}",
        ];

    /// <summary>An empty file is an empty database.</summary>
    private static string[] Database(string folder)
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
