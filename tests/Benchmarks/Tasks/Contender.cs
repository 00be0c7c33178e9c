namespace Integration.Benchmarks.Tasks;

/// <summary>A way to run a service.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Operation">What it answers.</param>
/// <param name="Arguments">Of the child process, see <see cref="Child"/>.</param>
internal sealed record Contender(string Name, string Operation, string[] Arguments)
{
    public const string Raw = "raw RabbitMQ.Client";
    public const string Bare = "bare MassTransit";

    public static IReadOnlyList<Contender> All(Uri broker, string folder, string postgreSql)
    {
        string[] Sdk(string transport, string storage, string connection) =>
            [
                "sdk",
                $"--Bus:Uri={broker}",
                $"--Bus:Transport={transport}",
                $"--Storage:Provider={storage}",
                $"--Storage:ConnectionString={connection}",
            ];
        return
        [
            new(Raw, RawService.Operation, ["raw", broker.ToString()]),
            new(
                "SDK, direct, SQLite",
                SdkService.Operation,
                Sdk("RabbitMq", "Sqlite", $"Data Source={folder}/direct.db")
            ),
            new("SDK, direct, PostgreSQL", SdkService.Operation, Sdk("RabbitMq", "PostgreSql", postgreSql)),
            new(Bare, MassTransitService.Operation, ["masstransit", broker.ToString()]),
            new(
                "SDK, MassTransit, SQLite",
                SdkService.Operation,
                Sdk("MassTransit", "Sqlite", $"Data Source={folder}/mt.db")
            ),
            new("SDK, MassTransit, PostgreSQL", SdkService.Operation, Sdk("MassTransit", "PostgreSql", postgreSql)),
        ];
    }
}
