using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Benchmarks.Tasks;

/// <summary>
/// The second baseline: MassTransit as its documentation shows it, with raw JSON, on the same kind of queue and with
/// the same prefetch; a typed consumer that sends a typed answer.
/// </summary>
internal static class MassTransitService
{
    public const string Operation = "bare.echo";

    public static async Task RunAsync(Uri broker, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<EchoConsumer>();
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(broker);
                    rabbit.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                    rabbit.ReceiveEndpoint(
                        "integration.bare",
                        endpoint =>
                        {
                            endpoint.ConfigureConsumeTopology = false;
                            endpoint.PrefetchCount = Wire.Prefetch;
                            endpoint.ConcurrentMessageLimit = Wire.Prefetch;
                            endpoint.SetQuorumQueue();
                            endpoint.Bind(
                                Wire.Tasks,
                                exchange =>
                                {
                                    exchange.ExchangeType = "topic";
                                    exchange.RoutingKey = $"{Operation}.v1";
                                    exchange.SetExchangeArgument("alternate-exchange", "integration.unrouted");
                                }
                            );
                            endpoint.ConfigureConsumer<EchoConsumer>(context);
                        }
                    );
                }
            );
        });
        await using var app = builder.Build();
        await app.StartAsync(stop);
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, stop);
        Child.Ready();
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }

    public sealed record EchoTask(string TaskId, string Operation, string ReplyTo, EchoInputs Inputs);

    public sealed record EchoResult(
        string TaskId,
        string Operation,
        string ReplyTo,
        EchoOutputs Outputs,
        DateTimeOffset StartedAt,
        DateTimeOffset CompletedAt
    );

    public sealed class EchoConsumer : IConsumer<EchoTask>
    {
        private static readonly Uri _results = new(
            $"exchange:{Wire.Results}?type=topic&alternateexchange=integration.unrouted"
        );

        public async Task Consume(ConsumeContext<EchoTask> context)
        {
            var task = context.Message;
            var started = DateTimeOffset.UtcNow;
            var endpoint = await context.GetSendEndpoint(_results);
            await endpoint.Send(
                new EchoResult(
                    task.TaskId,
                    task.Operation,
                    task.ReplyTo,
                    new EchoOutputs(task.Inputs.Customer, task.Inputs.Amount, Accepted: true),
                    started,
                    DateTimeOffset.UtcNow
                ),
                send =>
                {
                    send.CorrelationId = Guid.Parse(task.TaskId);
                    send.SetRoutingKey(Wire.ReplyTo);
                }
            );
        }
    }
}
