using System.Text.Json;

namespace Integration.Journeys.Tests;

/// <summary>What the README has a stranger type, typed: a first operation, and the same on RabbitMQ.</summary>
public sealed class ReadmeJourney(Broker broker)
{
    private const string Project = "services/Hello";
    private static readonly Page _readme = Page.Open("README.md");
    private static readonly Page _operation = _readme.Section("2. Write your own operation");
    private static readonly Page _rabbitMq = _readme.Section("3. Run it on RabbitMQ");

    [Fact]
    public async Task A_stranger_writes_an_operation_tries_it_and_runs_it_on_RabbitMQ()
    {
        using var clone = new Clone();
        await clone.WriteAsync($"{Project}/Program.cs", _operation.Block("csharp"));
        await clone.WriteAsync($"{Project}/Integration.Hello.csproj", _operation.Block("xml"));

        await TryItAsync(clone);
        await RunItAsync(clone);
    }

    private static async Task TryItAsync(Clone clone)
    {
        var command = _operation.Block("sh");
        command.ShouldContain("--try hello.greet");

        var answer = await clone.SucceedAsync(command);
        answer.ShouldContain("task.completed");
        answer.ShouldContain("\"text\": \"Hello, Ada!\"");

        var mistaken = command.Replace("\"name\"", "\"nmae\"");
        mistaken.ShouldNotBe(command, "the README's inputs have changed, so nothing is mistaken");
        var (code, refusal) = await clone.RunAsync(mistaken);
        code.ShouldBe(1, refusal);
        refusal.ShouldContain("task.errored");
        refusal.ShouldContain("nmae");
    }

    private async Task RunItAsync(Clone clone)
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        if (_rabbitMq.Blocks("sh") is not [_, var platform, var requests, var service])
            throw new InvalidOperationException("The README's way to RabbitMQ has other steps now: go them here, too.");
        platform.ShouldBe("dotnet run --project services/ProcessCore\ndotnet run --project services/ErrorTreatment\n");
        service.ShouldBe($"dotnet run --project {Project}\n");
        if (requests.Trim().Split('\n') is not [var deploy, var start, var look])
            throw new InvalidOperationException("The README no longer deploys, starts and looks in three lines.");

        await CurlAsync(deploy);
        var early = Id(await CurlAsync(start));
        await Eventually.PassesAsync(async () => (await CurlAsync(look)).ShouldContain("no-service"), Api.Patience);

        var built = Directory.GetFiles(
            clone.Combine(Project, "bin"),
            "Integration.Hello.dll",
            SearchOption.AllDirectories
        );
        await system.StartAsync(new FileInfo(built.ShouldHaveSingleItem()), "Hello");
        var late = Id(await CurlAsync(start));

        // What the README has its reader do who took so long that the task was parked.
        foreach (var parked in await system.Treatment.FailuresAsync(new() { State = "parked" }))
            await system.Treatment.RetryAsync(parked.Id);

        foreach (var id in new[] { early, late })
            (await system.Core.CompletedAsync(id))
                .Variables.GetProperty("greeting")
                .GetString()
                .ShouldBe("Hello, Ada!");

        Task<string> CurlAsync(string command) =>
            clone.SucceedAsync(
                command
                    .Replace("http://127.0.0.1:5100", system.Core.Address)
                    .Replace("http://127.0.0.1:5101", system.Treatment.Address)
                    .Replace("curl ", "curl --silent --show-error --fail-with-body ")
            );
    }

    private static string Id(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
}
