namespace Integration.Journeys.Tests;

/// <summary>A service task whose operation nobody consumes, because the service was never deployed.</summary>
public sealed class MissingServiceJourney(RabbitMqServer broker)
{
    [Fact]
    public async Task A_task_without_a_service_is_an_incident_and_completes_when_the_service_is_deployed()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost())
        {
            Settings = { ["Treatment__Connectivity__Retries"] = "1" },
        };
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        await system.Core.DeployOrderAsync();

        var id = await system.Core.OrderAsync(shop, "lamp");

        var incident = await system.Core.IncidentAsync(id, "parked");
        incident.Code.ShouldBe("no-service");
        incident.Message.ShouldContain("rest.request");
        var parked = await system.Treatment.SingleAsync("parked");
        parked.Error.Code.ShouldBe("no-service");
        parked.TaskId.ShouldBe(incident.TaskId);

        await system.StartAsync("Rest");
        await system.Treatment.RetryAsync(parked.Id);

        await system.Core.CompletedAsync(id);
        await system.Treatment.SingleAsync("resolved");
    }

    [Fact]
    public async Task A_service_that_is_deployed_while_the_retries_last_needs_no_operator()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost())
        {
            Settings = { ["Treatment__Connectivity__Retries"] = "1000" },
        };
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        await system.Core.DeployOrderAsync();

        var id = await system.Core.OrderAsync(shop, "lamp");
        await system.Treatment.UntilAsync(failures =>
            failures.ShouldHaveSingleItem().Error.Code.ShouldBe("no-service")
        );
        await system.StartAsync("Rest");

        await system.Core.CompletedAsync(id);
        await system.Treatment.SingleAsync("resolved");
    }
}
