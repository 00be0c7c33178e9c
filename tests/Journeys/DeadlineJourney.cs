using System.Text.Json;

namespace Integration.Journeys.Tests;

/// <summary>No answer by the deadline: nothing waits without end.</summary>
public sealed class DeadlineJourney(RabbitMqServer broker)
{
    [Fact]
    public async Task A_late_answer_still_completes_the_process_and_closes_incident_and_failure()
    {
        await using var system = new Deployment(broker.TakeVirtualHost())
        {
            Settings = { ["Core__TaskDeadline"] = "00:00:01" },
        };
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        await using var service = await Wire.ConnectAsync(system.Broker);
        var tasks = await service.ReceiveAsync("integration.slow", "integration.tasks", "hello.greet.v1");
        await system.Core.DeployAsync(await File.ReadAllTextAsync(RepositoryFolder.File("docs/tutorial/hello.bpmn")));

        var id = await system.Core.StartAsync("hello", new { name = "Ada" });

        await Eventually.TrueAsync(() => !tasks.IsEmpty, Api.Patience);
        var task = tasks.ShouldHaveSingleItem().Body;
        var parked = await system.Treatment.SingleAsync("parked");
        (parked.Error.Category, parked.Error.Code).ShouldBe(("connectivity", "no-answer"));
        await system.Core.UntilAsync(
            id,
            instance => instance.Incidents.ShouldHaveSingleItem().Code.ShouldBe("no-answer")
        );

        await service.PublishAsync("integration.results", "process-core", "task.completed", Answer(task));

        var instance = await system.Core.CompletedAsync(id);
        instance.Variables.GetProperty("greeting").GetString().ShouldBe("Hello at last");
        await system.Treatment.SingleAsync("cancelled");
    }

    [Fact]
    public async Task A_task_that_nobody_took_in_time_is_not_executed_until_an_operator_sends_it_again()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost())
        {
            Settings = { ["Core__TaskDeadline"] = "00:00:01" },
        };
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        // The queue is there, the service is not.
        (await system.Rest.StopAsync()).ShouldBe(0);

        var id = await system.Core.OrderAsync(shop, "lamp");
        await system.Core.IncidentAsync(id, "parked");
        var parked = await system.Treatment.SingleAsync("parked");
        parked.Error.Code.ShouldBe("no-answer");

        await system.StartAsync("Rest");
        await using var wire = await Wire.ConnectAsync(system.Broker);
        await Eventually.TrueAsync(async () => await wire.WaitingAsync("integration.rest") == 0, Api.Patience);
        shop.Calls.ShouldBeEmpty("the deadline had passed");

        await system.Treatment.RetryAsync(parked.Id);

        await system.Core.UntilAsync(
            id,
            instance => instance.Variables.TryGetProperty("price", out _).ShouldBeTrue(instance.ToString())
        );
        await system.Treatment.UntilAsync(failures =>
            failures.Single(failure => failure.Id == parked.Id).State.ShouldBe("resolved")
        );
    }

    private static object Answer(JsonElement task) =>
        new
        {
            taskId = task.GetProperty("taskId"),
            operation = "hello.greet",
            version = 1,
            replyTo = "process-core",
            outputs = new { text = "Hello at last" },
            startedAt = DateTimeOffset.UtcNow,
            completedAt = DateTimeOffset.UtcNow,
            service = new { name = "slow" },
        };
}
