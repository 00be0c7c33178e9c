namespace Integration.Journeys.Tests.Asking;

/// <summary>A process asks a service, which asks another one.</summary>
public sealed class InnerTaskJourney(Broker broker) : IAsyncLifetime
{
    private Shop _shop = null!;
    private Deployment _system = null!;
    private Buyer _buyer = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _system = new Deployment(broker.TakeVirtualHost());
        _buyer = new Buyer(_system.Broker);
        await _system.StartAllAsync();
        await _buyer.StartAsync();
        await _system.Core.DeployAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Asking", "buy.bpmn"))
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _buyer.DisposeAsync();
        await _system.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_process_is_completed_by_a_service_that_asks_another_one_twice()
    {
        var id = await BuyAsync("lamp");

        var instance = await _system.Core.CompletedAsync(id);

        instance.Variables.GetProperty("number").GetString().ShouldBe("A-lamp");
        _shop.Booked.ShouldBe(["lamp"]);
        _shop.Calls.Count.ShouldBe(2);
        (await _system.Treatment.FailuresAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_inner_task_that_failed_is_repaired_and_the_outer_one_is_completed_once()
    {
        _shop.Status = 400;
        var id = await BuyAsync("lamp");

        var incident = await _system.Core.IncidentAsync(id, "parked");
        var parked = await _system.Treatment.SingleAsync("parked");
        parked.Operation.ShouldBe("rest.request");
        incident.FailureId.ShouldBe(parked.Id);
        incident.Element.ShouldBe("Buy");
        (await _system.Treatment.FailuresAsync(new() { Text = incident.TaskId }))
            .ShouldHaveSingleItem()
            .Id.ShouldBe(parked.Id);

        // Nothing of it is held in memory.
        await _buyer.StopAsync();
        _shop.Status = 200;
        await _system.Treatment.RetryAsync(parked.Id);
        await Eventually.TrueAsync(() => _shop.Calls.Count == 2, Api.Patience);
        await _buyer.StartAsync();

        await _system.Core.CompletedAsync(id);
        (await _system.Core.IncidentsAsync()).ShouldBeEmpty();
        await _system.Treatment.SingleAsync("resolved");
        _shop.Booked.ShouldBe(["lamp"]);
        _shop.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_inner_task_that_is_given_up_fails_the_outer_one_without_a_second_failure()
    {
        _shop.Status = 400;
        var id = await BuyAsync("lamp");
        var parked = await _system.Treatment.SingleAsync("parked");

        await _system.Treatment.GiveUpAsync(parked.Id, "The shop does not know lamps.");

        var failed = await _system.Core.IncidentAsync(id, "failed");
        failed.FailureId.ShouldBe(parked.Id);
        failed.Message.ShouldContain("The shop does not know lamps.");
        await _system.Treatment.SingleAsync("given-up");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_is_cancelled_cancels_the_call_that_is_in_flight_inside(
        bool whileTheAskingServiceIsDown
    )
    {
        _shop.KeepWaiting();
        var id = await BuyAsync("lamp");
        await _shop.UntilWaitingAsync(1);

        if (whileTheAskingServiceIsDown)
            await _buyer.StopAsync();
        await _system.Core.CancelAsync(id);
        if (whileTheAskingServiceIsDown)
            await _buyer.StartAsync();

        await Eventually.TrueAsync(() => _shop.HungUp.Count == 1, Api.Patience);
        _shop.Calls.Count.ShouldBe(1);
        (await _system.Treatment.FailuresAsync(new() { State = "parked" })).ShouldBeEmpty();
    }

    private Task<string> BuyAsync(string article) =>
        _system.Core.StartAsync("buy", new { target = _shop.Url, article }, article);
}
