using System.Diagnostics;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>A client in another language, with nothing of ours: amqplib on Node.</summary>
public sealed class ForeignClientTests(Broker broker)
{
    private static readonly string _folder = RepositoryFolder.File("tests/Bus/node");

    private readonly Uri _broker = broker.TakeVirtualHost();

    [Theory]
    [InlineData(BusTransport.RabbitMq)]
    [InlineData(BusTransport.MassTransit)]
    public async Task A_task_published_by_Node_is_taken_like_our_own_and_Node_reads_the_result(string transport)
    {
        await InstallAsync();
        var options = new BusOptions { Transport = transport, Uri = _broker };
        await using var bus = Buses.Create(options);
        var events = new EventMessages("tests", TimeProvider.System);
        var deliveries = new Received();
        await bus.SubscribeAsync(
            new Pipe("integration.text", [new Binding(Exchanges.Tasks, "text.*.v1")]),
            async (delivery, cancellation) =>
            {
                await deliveries.HandleAsync(delivery, cancellation);
                delivery.TryRead(ContractJson.Default.TaskRequested, Limits.Body, out var task, out var error);
                error.ShouldBeNull();
                await bus.PublishAsync(events.Of(Reverse(task!)), cancellation);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );

        var answer = JsonDocument.Parse(await RunAsync("node", "client.js", _broker.AbsoluteUri)).RootElement;

        var task = await deliveries.FirstAsync();
        task.Properties.AppId.ShouldBe("node");
        task.Properties.Type.ShouldBe(EventTypes.TaskRequested);
        task.Properties.TraceParent.ShouldBe("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var taskId = answer.GetProperty("taskId").GetString();
        task.Properties.CorrelationId.ShouldBe(taskId);
        answer.GetProperty("fields").GetProperty("exchange").GetString().ShouldBe(Exchanges.Results);
        answer.GetProperty("fields").GetProperty("routingKey").GetString().ShouldBe("node-engine");
        var properties = answer.GetProperty("properties");
        properties.GetProperty("type").GetString().ShouldBe(EventTypes.TaskCompleted);
        properties.GetProperty("correlationId").GetString().ShouldBe(taskId);
        properties.GetProperty("contentType").GetString().ShouldBe("application/json");
        properties.GetProperty("deliveryMode").GetInt32().ShouldBe(2);
        var body = answer.GetProperty("body");
        body.GetProperty("taskId").GetString().ShouldBe(taskId);
        body.GetProperty("outputs").GetProperty("text").GetString().ShouldBe("ëoZ");
    }

    private static TaskCompleted Reverse(TaskRequested task)
    {
        var text = new string([.. task.Inputs.GetProperty("text").GetString()!.Reverse()]);
        return new TaskCompleted(
            task.TaskId,
            task.Operation,
            task.Version,
            task.ReplyTo,
            JsonSerializer.SerializeToElement(new { text }),
            TimeProvider.System.GetUtcNow(),
            TimeProvider.System.GetUtcNow(),
            new ServiceReference("tests")
        );
    }

    private static async Task InstallAsync()
    {
        if (!Directory.Exists(Path.Combine(_folder, "node_modules")))
            await RunAsync("npm", "ci");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
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
