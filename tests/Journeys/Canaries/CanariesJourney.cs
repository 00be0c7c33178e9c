using System.Text;

namespace Integration.Journeys.Tests;

/// <summary>
/// For each service: canaries in all places that take a credential, every failure that it has, and a search through every byte
/// that leaves it: events, journal, logs, traces, metrics, health, help, trial and the errors of a start that fails.
/// </summary>
public sealed class CanariesJourney(Broker broker)
{
    public static TheoryData<string> Services => [.. Scenarios.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Whatever_fails_no_secret_leaves_a_service(string service)
    {
        await using var faults = await Faults.StartAsync();
        using var folder = new TemporaryFolder("canaries");
        await using var scenario = await Scenarios.OfAsync(service, faults, folder);
        await using var collector = await Collector.StartAsync();
        var leaving = new Leaving();

        await using (var system = new Deployment(broker.TakeVirtualHost()))
        {
            foreach (var (name, value) in collector.Settings.Concat(scenario.Settings))
                system.Settings[name] = value;
            system.Settings["Targets__JudgedAfter"] = "10000";
            await using var engine = await Wire.ConnectAsync(system.Broker);
            await engine.DeclareAsync();
            var errors = await engine.ReceiveAsync("integration.my-treatment", "integration.errors", "#");
            var control = await engine.ListenAsync("integration.control", "#");
            var process = await system.StartAsync(service, ("Logging__LogLevel__Default", "Trace"));
            foreach (var (id, (inputs, _)) in scenario.Tasks)
                await engine.PublishAsync(
                    "integration.tasks",
                    $"{scenario.Operation}.v1",
                    "task.requested",
                    Request(id, scenario.Operation, inputs)
                );

            await Eventually.PassesAsync(
                () =>
                {
                    CodesOf(errors)
                        .ShouldBe(scenario.Tasks.Select(task => $"{task.Key}: {task.Value.Code}"), ignoreOrder: true);
                    return Task.CompletedTask;
                },
                Api.Patience
            );
            using var client = new HttpClient { BaseAddress = process.Url };
            foreach (var path in new[] { "health/ready", "health/live", "", "metrics", "no-such-page" })
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                leaving.Add($"GET /{path}", $"{answer.Headers} {await answer.Content.ReadAsStringAsync()}");
            }

            await process.StopAsync();
            foreach (var said in errors.Concat(control))
                leaving.Add($"the event {said.RoutingKey}", $"{said.Body}");
            leaving.Add("the log", process.Log);
            foreach (var file in system.Files)
                leaving.Add("the database", file);
            collector.Everything.ShouldNotBeEmpty();
            foreach (var export in collector.Everything)
                leaving.Add("what was exported", export);
        }

        await SayAsync(leaving, scenario, "--help", [], "--help");
        var (tried, _) = scenario.Tasks.First().Value;
        await SayAsync(
            leaving,
            scenario,
            "--try",
            [],
            "--try",
            scenario.Operation,
            System.Text.Json.JsonSerializer.Serialize(tried)
        );
        await SayAsync(leaving, scenario, "a start with a wrong setting", [scenario.WrongSetting]);
        var bus = scenario.Plant("Bus__Uri", $"amqp://{{0}}:{{0}}@127.0.0.1:{faults.Nobody}/").Settings["Bus__Uri"];
        await SayAsync(leaving, scenario, "a start without a bus", [("Bus__Uri", bus)]);
        scenario.Plant(
            "Storage__ConnectionString",
            $"Host=127.0.0.1;Port={faults.Nobody};Database=d;Username=u;Password={{0}}"
        );
        await SayAsync(leaving, scenario, "a start without a database", [("Storage__Provider", "PostgreSql")]);

        leaving.Search(scenario.Canaries).ShouldBeEmpty();
    }

    private static object Request(string id, string operation, object inputs) =>
        new
        {
            taskId = id,
            operation,
            version = 1,
            replyTo = "my-engine",
            inputs,
        };

    private static IEnumerable<string> CodesOf(IEnumerable<WireEvent> errors) =>
        errors.Select(error => $"{error.TaskId}: {error.Body.GetProperty("error").GetProperty("code").GetString()}");

    /// <summary>What a process writes that ends by itself, or that is ended when it has said enough.</summary>
    private static async Task SayAsync(
        Leaving leaving,
        Scenario scenario,
        string what,
        (string Name, string Value)[] further,
        params string[] arguments
    )
    {
        using var data = new TemporaryFolder("said");
        var settings = new Dictionary<string, string>(scenario.Settings, StringComparer.Ordinal)
        {
            ["Egress__AllowLoopback"] = "true",
            ["Logging__LogLevel__Default"] = "Trace",
        };
        settings.TryAdd("Storage__ConnectionString", $"Data Source={data.Combine("x.db")}");
        foreach (var (name, value) in further)
            settings[name] = value;
        await using var process = ServiceProcess.Launch(scenario.Service, settings, null, arguments);
        // What cannot be reached at a start is tried again and again, in the same words.
        await Eventually.TrueAsync(
            () =>
                process.Ended.IsCompleted
                || (further.Length > 0 && process.Log.Contains("warn", StringComparison.Ordinal)),
            Api.Patience
        );
        process.Log.ShouldNotBeEmpty(what);
        leaving.Add(what, process.Log);
    }

    /// <summary>Everything that left the service.</summary>
    private sealed class Leaving
    {
        private readonly List<(string Place, byte[] Bytes)> _all = [];

        public void Add(string place, string text) => Add(place, Encoding.UTF8.GetBytes(text));

        public void Add(string place, byte[] bytes) => _all.Add((place, bytes));

        /// <summary>Which canary was seen where.</summary>
        public IEnumerable<string> Search(IEnumerable<Canary> canaries) =>
            [
                .. canaries.SelectMany(canary =>
                    _all.Where(one => canary.IsIn(one.Bytes)).Select(one => $"{canary.Place} in {one.Place}").Distinct()
                ),
            ];
    }
}
