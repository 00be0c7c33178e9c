using System.Text.Encodings.Web;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// <c>--try OPERATION INPUTS</c>: runs one task through the real pipeline, on a bus in memory and a database that is
/// thrown away, and prints the event that answers it. For the author of an operation.
/// </summary>
internal sealed class TryCommand(string operation, int version, JsonElement? inputs)
{
    private const string Argument = "--try";
    private const string Engine = "try";
    private const string Usage = """Usage: --try OPERATION[:VERSION] '{"input": "value"}' [--Section__Name=value]""";

    // For a person: as few escapes as JSON allows.
    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The line of <c>--help</c> about it.</summary>
    public static CommandLineArgument Help { get; } =
        new(
            $"{Argument} OPERATION[:VERSION] INPUTS",
            "runs one task without a broker and prints the event that answers it; exit code 0 when it was completed. "
                + "Without INPUTS: prints the operation's examples"
        );

    public static bool IsWanted(string[] args) => args is [Argument, ..];

    /// <returns>0 when the task was completed, 1 when it was not, 2 when the arguments are wrong.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Func<string[], Action<WebApplicationBuilder>, WebApplication> create
    )
    {
        if (args.Skip(1).Take(2).FirstOrDefault(arg => arg.StartsWith("--", StringComparison.Ordinal)) is { } option)
        {
            await Console.Error.WriteLineAsync($"'{option}' is where the operation and its inputs belong. {Usage}");
            return 2;
        }

        if (args is not [Argument, var name, .. var rest])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        JsonElement? inputs;
        try
        {
            inputs = rest is [var text, ..] ? JsonElement.Parse(text) : null;
        }
        catch (JsonException e)
        {
            await Console.Error.WriteLineAsync($"The inputs are no JSON: {e.Message}");
            return 2;
        }

        var parts = name.Split(':');
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], out _)))
        {
            await Console.Error.WriteLineAsync($"'{name}' is no operation; write hello.greet or hello.greet:2.");
            return 2;
        }

        var command = new TryCommand(parts[0], parts.Length == 2 ? int.Parse(parts[1]) : 1, inputs);
        return await IntegrationHost.WithClearErrorsAsync(() => command.TryAsync([.. rest.Skip(1)], create));
    }

    private async Task<int> TryAsync(
        string[] settings,
        Func<string[], Action<WebApplicationBuilder>, WebApplication> create
    )
    {
        var folder = Directory.CreateTempSubdirectory("integration-try-").FullName;
        try
        {
            await using var app = create(
                [
                    "--urls=http://127.0.0.1:0",
                    "--Bus:Transport=InMemory",
                    $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "try.db")}",
                    .. settings,
                ],
                builder => builder.Logging.SetMinimumLevel(LogLevel.Warning)
            );
            if (ArgumentCheck.Problem(settings, app.Services) is { } problem)
            {
                await Console.Error.WriteLineAsync(problem);
                return 2;
            }

            var catalog = app.Services.GetRequiredService<OperationCatalog>();
            if (!catalog.TryFind(operation, version, out var found, out var unknown))
            {
                await Console.Error.WriteLineAsync(unknown.Message);
                return 2;
            }

            if (inputs is not { } sent)
            {
                await Console.Error.WriteLineAsync(Examples(found));
                return 2;
            }

            await app.StartAsync();
            var answer = await AskAsync(app.Services, sent);
            await app.StopAsync();
            Console.WriteLine(answer.Properties.Type);
            if (answer.Properties.Type == EventTypes.TaskRequested)
                await Console.Error.WriteLineAsync(
                    "The operation asks another service, and there is none here. Test it with ServiceHarness.PlayAsync."
                );
            Console.WriteLine(JsonSerializer.Serialize(JsonDocument.Parse(answer.Body).RootElement, _indented));
            return answer.Properties.Type == EventTypes.TaskCompleted ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Examples(OperationDescription operation)
    {
        var name = operation.Version == 1 ? operation.Name : $"{operation.Name}:{operation.Version}";
        if (operation.Examples.Count == 0)
            return $"{name} needs inputs, and has no examples. {Usage}";
        return string.Join(
            "\n\n",
            operation
                .Examples.Select(example =>
                    $"{example.Title}:\n{Argument} {name} '{example.Inputs.GetRawText().Replace("'", @"'\''", StringComparison.Ordinal)}'"
                )
                .Prepend($"{name} needs inputs. Examples:")
        );
    }

    private async Task<Delivery> AskAsync(IServiceProvider services, JsonElement sent)
    {
        var bus = services.GetRequiredService<IBus>();
        var readiness = services.GetRequiredService<Readiness>();
        await readiness.WaitAsync(CancellationToken.None);

        var answer = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        await bus.SubscribeAsync(
            new Pipe(
                "integration.try",
                [
                    new Binding(Exchanges.Results, RoutingKeys.Engine(Engine)),
                    new Binding(Exchanges.Errors, "#"),
                    // What it asks of another service: there is none here.
                    new Binding(Exchanges.Unrouted, "#"),
                ]
            ),
            (delivery, _) =>
            {
                if (delivery.Exchange != Exchanges.Control)
                    answer.TrySetResult(delivery);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        var request = new TaskRequested(Guid.CreateVersion7().ToString(), operation, version, Engine, sent);
        await bus.PublishAsync(new EventMessages(Engine, TimeProvider.System).Of(request), CancellationToken.None);
        return await answer.Task;
    }
}
