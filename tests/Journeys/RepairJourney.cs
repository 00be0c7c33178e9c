namespace Integration.Journeys.Tests;

/// <summary>What becomes of a target that fails: for a moment, or until somebody repairs it.</summary>
public sealed class RepairJourney(RabbitMqServer broker)
{
    [Fact]
    public async Task A_failure_counts_as_resolved_only_when_the_retried_task_has_completed()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.Status = 503;

        var id = await system.Core.OrderAsync(shop, "lamp");
        await Eventually.TrueAsync(() => shop.Calls.Count >= 2, Api.Patience);
        shop.KeepWaiting();
        shop.Status = 200;
        await shop.UntilWaitingAsync(1);

        // The shop works again and has not answered yet: the task was sent, and nobody knows what will come of it.
        (await system.Treatment.SingleAsync("sent")).Error.Status.ShouldBe(503);
        shop.AnswerAll();

        await system.Core.CompletedAsync(id);
        var failure = await system.Treatment.SingleAsync("resolved");
        var detail = await system.Treatment.ShowAsync(failure.Id);
        detail.Attempts.Count.ShouldBeGreaterThanOrEqualTo(2);
        detail.Attempts.ShouldAllBe(attempt => attempt.Error.Status == 503);
        detail.History[^1].State.ShouldBe("resolved");
        shop.Booked.ShouldBe(["lamp"]);
    }

    [Fact]
    public async Task An_operator_repairs_the_target_and_sends_the_parked_task_again()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost())
        {
            Settings = { ["Treatment__Connectivity__Retries"] = "1" },
        };
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.Status = 503;

        var id = await system.Core.OrderAsync(shop, "lamp");

        var incident = await system.Core.IncidentAsync(id, "parked");
        incident.Element.ShouldBe("Ask");
        var parked = await system.Treatment.SingleAsync("parked");
        incident.FailureId.ShouldBe(parked.Id);
        parked.Attempt.ShouldBe(2);
        shop.Calls.Count.ShouldBe(2);

        shop.Status = 200;
        await system.Treatment.RetryAsync(parked.Id);

        await system.Core.CompletedAsync(id);
        (await system.Core.IncidentsAsync()).ShouldBeEmpty();
        await system.Treatment.SingleAsync("resolved");
        var history = (await system.Treatment.ShowAsync(parked.Id)).History;
        history.ShouldContain(step => step.State == "sent" && step.By == "journey");
    }

    [Fact]
    public async Task A_task_that_an_operator_gives_up_fails_in_the_process_which_can_ask_anew()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAllAsync();
        await system.Core.DeployOrderAsync();
        shop.Status = 400;

        var id = await system.Core.OrderAsync(shop, "lamp");

        var parked = await system.Treatment.SingleAsync("parked");
        parked.Error.Category.ShouldBe("data");
        await system.Treatment.GiveUpAsync(parked.Id, "The shop does not know lamps.");
        var failed = await system.Core.IncidentAsync(id, "failed");
        (await system.Treatment.SingleAsync("given-up")).Reason.ShouldContain("The shop does not know lamps.");

        shop.Status = 200;
        await system.Core.RetryAsync(failed);

        await system.Core.CompletedAsync(id);
        await system.Treatment.SingleAsync("given-up");
    }
}
