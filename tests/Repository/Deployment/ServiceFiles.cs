using Integration.Fixtures;
using Integration.Templates;

namespace Integration.Repository.Tests.Deployment;

/// <summary>Everything in the repository that follows from the table of services.</summary>
internal static class ServiceFiles
{
    public const string Compose = "docker-compose.yml";
    public const string Environment = ".env.example";
    public const string Users = "deploy/rabbitmq/users";
    public const string Trust = "deploy/rabbitmq/trust.json";
    public const string Databases = "deploy/postgresql/databases.sh";
    public const string Page = "deploy/README.md";
    public const string StandaloneProject = "services/Standalone/Integration.Standalone.csproj";
    public const string StandaloneList = "services/Standalone/Running/ServiceList.cs";

    /// <summary>Each file with its text as it must be.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyList<ServiceRow> table)
    {
        var users = Lines(Users, ("users", table.Select(User)));
        return new Dictionary<string, string>
        {
            [Compose] = Lines(
                Compose,
                ("broker passwords", table.Select(row => Asked(BrokerPassword(row)))),
                ("database passwords", table.Select(row => Asked(DatabasePassword(row)))),
                ("services", table.SelectMany(Container).Skip(1))
            ),
            [Environment] = Lines(
                Environment,
                ("token hashes", table.Where(row => row.Api).Select(row => $"{TokenHash(row)}=")),
                ("broker passwords", table.Select(row => $"{BrokerPassword(row)}=")),
                ("database passwords", table.Select(row => $"{DatabasePassword(row)}="))
            ),
            [Users] = users,
            [Trust] = await DefinitionsAsync(users, "--trust"),
            [Databases] = Lines(
                Databases,
                ("databases", table.Select(row => $"create {row.Database} \"${{{DatabasePassword(row)}:?}}\""))
            ),
            [Page] = GeneratedParts.Fill(Read(Page), what => what == "services" ? PageTable(table) : null),
            [StandaloneProject] = Lines(
                StandaloneProject,
                (
                    "references",
                    table
                        .OrderBy(row => row.Folder, StringComparer.Ordinal)
                        .Select(row =>
                            $"<ProjectReference Include=\"../{row.Folder}/Integration.{row.Folder}.csproj\" />"
                        )
                )
            ),
            [StandaloneList] = StandaloneSource(table),
        };
    }

    /// <summary>What <c>definitions.sh</c> makes of a list of users.</summary>
    public static async Task<string> DefinitionsAsync(
        string users,
        string? argument = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        using var folder = new TemporaryFolder();
        var list = folder.Combine("users");
        await File.WriteAllTextAsync(list, users);
        return await Programs.RunAsync(
            new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
            {
                ["INTEGRATION_USERS"] = list,
            },
            "bash",
            ["deploy/rabbitmq/definitions.sh", .. argument is null ? (string[])[] : [argument]]
        );
    }

    private static string BrokerPassword(ServiceRow row) => $"RABBITMQ_{row.Variable}_PASSWORD";

    private static string DatabasePassword(ServiceRow row) => $"{row.Variable}_DATABASE_PASSWORD";

    private static string TokenHash(ServiceRow row) => $"{row.Variable}_TOKEN_HASH";

    private static string Asked(string variable) => $"{variable}: {Value(variable)}";

    private static string Value(string variable) => $"${{{variable}:?set it in .env}}";

    private static string User(ServiceRow row)
    {
        var (kind, words) = row.BrokerUser.Split(' ', 2) is [var first, var rest]
            ? (first, rest)
            : (row.BrokerUser, "");
        return $"{row.Name, -16} {kind, -10} {words}".TrimEnd();
    }

    private static IEnumerable<string> Container(ServiceRow row) =>
        [
            "",
            $"{row.Name}:",
            "  <<: *service",
            $"  build: {{ context: ., args: {{ SERVICE: {row.Folder} }} }}",
            $"  image: integration-{row.Name}",
            $"  ports: [\"127.0.0.1:{row.Port}:{ImageFile.Port}\"]",
            $"  # Settings of its own: docs/reference/{row.Name}.md",
            "  environment:",
            "    <<: *environment",
            .. row.Api
                ? (string[])
                    [
                        $"    Api__Hosts: {row.Name}",
                        $"    Api__Tokens__administrator__Hash: {Value(TokenHash(row))}",
                        "    Api__Tokens__administrator__Role: administrator",
                    ]
                : [],
            $"    Bus__Uri: amqp://{row.Name}:{Value(BrokerPassword(row))}@rabbitmq:5672/",
            "    Storage__Provider: PostgreSql",
            $"    Storage__ConnectionString: Host=postgres;Database={row.Database};Username={row.Database};Password={Value(DatabasePassword(row))};SSL Mode=Disable",
        ];

    private static string PageTable(IEnumerable<ServiceRow> table) =>
        string.Join(
            '\n',
            [
                "| service | port | to the broker | database | API with roles |",
                "|---|---|---|---|---|",
                .. table.Select(row =>
                    $"| [{row.Name}](../docs/reference/{row.Name}.md) | {row.Port} | `{row.BrokerUser}` | `{row.Database}` | "
                    + $"{(row.Api ? "yes" : "–")} |"
                ),
            ]
        );

    private static string StandaloneSource(IEnumerable<ServiceRow> table) =>
        $$"""
            namespace Integration.Standalone.Running;

            /// <summary>Every service, written from deploy/services.json: UPDATE_SNAPSHOTS=1 dotnet test tests/Repository.</summary>
            internal static class ServiceList
            {
                public static IReadOnlyList<ServiceEntry> All { get; } =
                [
            {{string.Join('\n', table.Select(Entry))}}
                ];
            }

            """;

    private static string Entry(ServiceRow row) =>
        $"        new(\"{row.Folder}\", \"{row.Name}\", {row.Port}, {row.Folder}.{row.Folder}Service.Create),";

    private static string Lines(string file, params (string What, IEnumerable<string> Lines)[] parts) =>
        GeneratedLines.Fill(Read(file), parts.ToDictionary(part => part.What, part => part.Lines));

    private static string Read(string file) => File.ReadAllText(RepositoryFolder.File(file)).ReplaceLineEndings("\n");
}
