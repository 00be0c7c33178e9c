using System.Collections.Concurrent;
using Integration.Bus.MassTransit;
using Integration.Hosting;
using Integration.Sdk;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Journeys.Tests.TeamBus;

/// <summary>A team's service as docs/how-to/host-operations-on-masstransit.md shows it.</summary>
public static class OrdersService
{
    public static WebApplication Create(string[] args) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("orders"),
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<Shipments>();
                AddOrders(builder);
            }
        );

    private static void AddOrders(WebApplicationBuilder builder)
    {
        // The bus that you have, as it is.
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<Shipping>();
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(new Uri(builder.Configuration["Bus:Uri"]!));
                    rabbit.ConfigureEndpoints(context);
                }
            );
        });

        // Operations for processes beside it: set Bus__Transport=MassTransit.
        builder.AddMassTransitTransport();
        builder.AddOperation<PlaceOrder>();
    }
}

public sealed record OrderPlaced(string Key, string Number);

[Operation("orders.place", Effect = Effect.Idempotent)]
public sealed class PlaceOrder(IPublishEndpoint bus) : Operation<PlaceOrder.Input, PlaceOrder.Output>
{
    public sealed record Input(string Article);

    public sealed record Output(string Number);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        var number = $"A-{input.Article}";
        // Published again if the process dies now: the key tells your consumers.
        await bus.Publish(new OrderPlaced(task.IdempotencyKey, number), cancellation);
        return new Output(number);
    }
}

public sealed class Shipping(Shipments shipments) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        shipments.Numbers[context.Message.Key] = context.Message.Number;
        return Task.CompletedTask;
    }
}

/// <summary>What was shipped.</summary>
public sealed class Shipments
{
    public ConcurrentDictionary<string, string> Numbers { get; } = new(StringComparer.Ordinal);
}
