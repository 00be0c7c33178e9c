using Integration.Bus.MassTransit;
using Integration.Hosting;
using Integration.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Benchmarks.Tasks;

/// <summary>What is measured: the same echo as an operation, with everything switched on.</summary>
internal static class SdkService
{
    public const string Operation = "bench.echo";

    /// <param name="settings">Transport, broker and storage, as a service gets them on its command line.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(string[] settings, CancellationToken stop)
    {
        await using var app = IntegrationService.Create(
            ["--urls=http://127.0.0.1:0", .. settings],
            new ServiceDescription("bench"),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                builder.AddMassTransitTransport();
                builder.AddOperation<Echo>();
            }
        );
        await app.StartAsync(stop);
        await app.Services.GetRequiredService<Readiness>().WaitAsync(stop);
        Child.Ready();
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }

    [Operation(Operation, Effect = Effect.Idempotent)]
    internal sealed class Echo : Operation<EchoInputs, EchoOutputs>
    {
        public override Task<EchoOutputs> ExecuteAsync(
            EchoInputs input,
            TaskContext task,
            CancellationToken cancellation
        ) => Task.FromResult(new EchoOutputs(input.Customer, input.Amount, Accepted: true));
    }
}

public sealed record EchoInputs(string Customer, decimal Amount, string Purpose, Guarantor Guarantor);

public sealed record Guarantor(string Name, string City);

public sealed record EchoOutputs(string Customer, decimal Amount, bool Accepted);
