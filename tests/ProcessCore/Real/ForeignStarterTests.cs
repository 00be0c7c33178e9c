using System.Diagnostics;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Real;

/// <summary>Engines and starters on a real broker, one of the starters in another language.</summary>
public sealed class ForeignStarterTests(RabbitMqServer server) : IClassFixture<RabbitMqServer>, IDisposable
{
    private static readonly JsonElement _none = JsonElement.Parse("{}");
    private static readonly string _node = RepositoryFolder.File("tests/ProcessCore/node");

    private readonly TemporaryFolder _folder = new("core");
    private readonly Uri _uri = server.TakeVirtualHost();
    private readonly EventMessages _messages = new("test", TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    private Task<Core> StartAsync(string name, params string[] settings) =>
        Core.StartAsync(
            $"Data Source={_folder.Combine($"{name}.db")}",
            bus: null,
            [$"--Bus:Uri={_uri}", $"--Core:Name={name}", .. settings]
        );

    private static Drawing OneTask() => new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End");

    private static async Task<int> InstancesAsync(Core core) => (await core.GetAsync("/instances")).GetArrayLength();

    [Fact]
    public async Task A_starter_in_Node_learns_what_became_of_everything_it_asked_for()
    {
        if (!Directory.Exists(Path.Combine(_node, "node_modules")))
            await RunAsync("npm", "ci");
        await using var service = await Service.StartAsync(_uri, _ => new { granted = true });
        await using var core = await StartAsync("billing");
        await core.DeployAsync(OneTask());
        await core.DeployAsync(new Drawing("refuses").Start().ErrorEnd("Refused", "NO").Flow("Start", "Refused"));

        var output = await RunAsync("node", "starter.js", _uri.AbsoluteUri, "billing");

        var answers = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))
            .ToDictionary(answer => answer.GetProperty("body").GetProperty("definition").GetString()!);
        answers.Values.ShouldAllBe(answer => answer.GetProperty("key").GetString() == "node-starter");
        answers["order"].GetProperty("type").GetString().ShouldBe("instance.completed");
        var outputs = answers["order"].GetProperty("body").GetProperty("outputs");
        outputs.GetProperty("granted").GetBoolean().ShouldBeTrue();
        outputs.GetProperty("amount").GetInt32().ShouldBe(5);
        Error(answers["refuses"]).GetProperty("code").GetString().ShouldBe("NO");
        Error(answers["none"]).GetProperty("code").GetString().ShouldBe("unknown-process");

        static JsonElement Error(JsonElement answer) => answer.GetProperty("body").GetProperty("error");
    }

    [Fact]
    public async Task Of_two_engines_on_one_broker_each_takes_its_own_and_the_default_one_what_names_none()
    {
        await using var service = await Service.StartAsync(_uri);
        await using var first = await StartAsync("process-core");
        await using var second = await StartAsync("billing");
        await first.DeployAsync(OneTask());
        await second.DeployAsync(OneTask());

        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r1")));
        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r2", Engine: "billing")));
        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r3", Engine: "process-core")));

        await Eventually.TrueAsync(async () => await InstancesAsync(first) == 2 && await InstancesAsync(second) == 1);
        await Eventually.TrueAsync(() => service.Seen.Count == 3);
    }

    [Fact]
    public async Task A_core_that_was_bound_by_an_earlier_release_starts_nothing_twice_after_the_upgrade()
    {
        await using var service = await Service.StartAsync(_uri);
        await using (var earlier = Service.Connect(_uri))
        {
            // As every core of the previous release declared its queue.
            await earlier.SubscribeAsync(
                new Pipe(
                    "integration.billing",
                    [
                        new Binding(Exchanges.Results, "billing.#"),
                        new Binding(Exchanges.Inbound, "start.#"),
                        new Binding(Exchanges.Inbound, "message.#"),
                    ]
                ),
                (_, _) => Task.FromResult(Settlement.Acknowledge),
                CancellationToken.None
            );
        }

        await using var first = await StartAsync("process-core");
        await using var second = await StartAsync("billing");
        await first.DeployAsync(OneTask());
        await second.DeployAsync(OneTask());

        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r1")));
        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r2", Engine: "billing")));

        await Eventually.TrueAsync(async () => await InstancesAsync(first) == 1 && await InstancesAsync(second) == 1);
    }

    [Fact]
    public async Task A_start_for_an_engine_that_does_not_exist_is_not_lost()
    {
        await using var service = await Service.StartAsync(_uri);
        await using var core = await StartAsync("billing");
        await using var treatment = Service.Connect(_uri);
        var unrouted = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await treatment.SubscribeAsync(
            new Pipe(Exchanges.Unrouted, [new Binding(Exchanges.Unrouted, "#")]),
            (delivery, _) =>
            {
                if (delivery.Exchange == Exchanges.Inbound)
                    unrouted.Enqueue(delivery.RoutingKey);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );

        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r1")));
        await service.PublishAsync(_messages.Of(new ProcessStart("order", _none, "r2", Engine: "shipping")));

        await Eventually.TrueAsync(() => unrouted.Count == 2);
        unrouted.ShouldBe(["start.order", "engine.shipping.start.order"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_announced_while_the_core_was_away_is_in_its_catalogue_when_it_is_back()
    {
        await using (await StartAsync("process-core")) { }
        await using var service = await Service.StartAsync(_uri);
        var announced = new ServiceAnnounced(
            new ServiceReference("rest", "1.0", "one"),
            DateTimeOffset.UtcNow,
            [new OperationReference("rest.request", 1, "idempotent")]
        );
        await service.PublishAsync(_messages.Of(announced));

        await using var core = await StartAsync("process-core");

        await Eventually.TrueAsync(async () => (await core.GetAsync("/contracts")).GetArrayLength() == 1);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _node,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process =
            Process.Start(start)
            ?? throw new InvalidOperationException($"This test needs {program} (Node 20 or later).");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program}: {await errors}");
        return await output;
    }
}
