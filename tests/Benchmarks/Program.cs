using System.Runtime.InteropServices;
using Integration.Benchmarks;
using Integration.Benchmarks.Processes;
using Integration.Benchmarks.Rest;
using Integration.Benchmarks.Tasks;
using Integration.Fixtures;

if (args is ["child", .. var rest])
    return await Child.RunAsync(rest);
if (args.Contains("--help"))
{
    Console.WriteLine(Settings.Help);
    return 0;
}

Settings settings;
try
{
    settings = Settings.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

Console.WriteLine(
    $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, "
        + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:F0} GB, {RuntimeInformation.FrameworkDescription}, "
        + (System.Runtime.GCSettings.IsServerGC ? "server GC" : "workstation GC")
);

if (settings.Wants("tasks") || settings.Wants("processes"))
{
    Console.WriteLine("Starting RabbitMQ and PostgreSQL ...");
    await using var broker = new RabbitMqServer();
    await using var postgreSql = new PostgreSqlServer();
    await broker.InitializeAsync();
    await postgreSql.InitializeAsync();
    if (settings.Wants("tasks"))
    {
        var rows = await TaskBenchmark.RunAsync(settings, broker.Uri, await postgreSql.CreateDatabaseAsync());
        TaskTable.Write(Console.Out, rows);
    }

    if (settings.Wants("processes"))
    {
        await ProcessBenchmark.RunAsync(
            settings,
            broker.Uri,
            await postgreSql.CreateDatabaseAsync(),
            await postgreSql.CreateDatabaseAsync()
        );
    }
}

if (settings.Wants("rest"))
    await RestBenchmark.RunAsync(settings);
return 0;
