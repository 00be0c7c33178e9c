using Integration.Bus.MassTransit;
using Integration.Hosting;
using Integration.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Journeys.Tests.TeamBus;

/// <summary>A team that has MassTransit already: operations run on it, of its own and of ours.</summary>
public sealed class TeamBusJourney(Broker broker)
{
    [Fact]
    public async Task An_operation_beside_a_teams_own_consumers_completes_a_process_and_tells_them()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAsync("ProcessCore");
        using var data = new TemporaryFolder("orders");
        await using var orders = await StartAsync(OrdersService.Create, system.Broker, data);
        await system.Core.DeployAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "TeamBus", "place.bpmn"))
        );

        var id = await system.Core.StartAsync("place", new { article = "lamp" });

        var instance = await system.Core.CompletedAsync(id);
        instance.Variables.GetProperty("number").GetString().ShouldBe("A-lamp");
        var shipments = orders.Services.GetRequiredService<Shipments>();
        await Eventually.TrueAsync(() => !shipments.Numbers.IsEmpty);
        shipments.Numbers.Values.ShouldBe(["A-lamp"]);
        await orders.StopAsync();
    }

    [Fact]
    public async Task A_service_of_ours_runs_on_MassTransit_when_its_host_has_it()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await system.StartAsync("ProcessCore");
        using var data = new TemporaryFolder("rest");
        await using var rest = await StartAsync(
            args => RestService.Create(args, builder => builder.AddMassTransitTransport()),
            system.Broker,
            data,
            "--Egress:AllowLoopback=true"
        );
        await system.Core.DeployOrderAsync();

        var id = await system.Core.OrderAsync(shop, "lamp");

        var instance = await system.Core.CompletedAsync(id);
        instance.Variables.GetProperty("number").GetString().ShouldBe("A-lamp");
        shop.Booked.ShouldBe(["lamp"]);
        await rest.StopAsync();
    }

    private static async Task<WebApplication> StartAsync(
        Func<string[], WebApplication> create,
        Uri broker,
        TemporaryFolder data,
        params string[] further
    )
    {
        var app = create([
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=MassTransit",
            $"--Bus:Uri={broker}",
            $"--Storage:ConnectionString=Data Source={data.Combine("service.db")}",
            .. further,
        ]);
        await app.StartAsync();
        await app.Services.GetRequiredService<Readiness>().WaitAsync(CancellationToken.None).WaitAsync(Api.Patience);
        return app;
    }
}
