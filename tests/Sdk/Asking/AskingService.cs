using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests.Asking;

/// <summary>The operations that ask, in the harness; the services that they ask are played.</summary>
internal static class AskingService
{
    public static async Task<ServiceHarness> StartAsync(
        ExternalSystem? external = null,
        FreeQuestions? questions = null,
        params string[] args
    )
    {
        var service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(external ?? new ExternalSystem());
                builder.Services.AddSingleton(questions ?? new FreeQuestions());
                builder
                    .AddOperation<Greet>()
                    .AddOperation<PlaceOrder>()
                    .AddOperation<Compare>()
                    .AddOperation<Journey>()
                    .AddOperation<Free>();
            },
            args
        );
        await service.PlayAsync("stock.reserve", Reserve);
        await service.PlayAsync("bill.pay", _ => InnerAnswer.Completed(new { receipt = "B-1", currency = "EUR" }));
        return service;
    }

    public static InnerAnswer Reserve(Contracts.TaskRequested asked) =>
        InnerAnswer.Completed(new { reservation = $"R-{asked.Inputs.GetProperty("article").GetString()}" });
}
