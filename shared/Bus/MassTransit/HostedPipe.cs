using Integration.Bus.RabbitMq;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Integration.Bus.MassTransit;

/// <summary>
/// A pipe on a receive endpoint: takes the bytes as they come from the transport, before MassTransit would look for an
/// envelope, and never passes them on, so that nothing ends in its queues for errors and skipped messages.
/// </summary>
internal sealed class HostedPipe(Pipe pipe, InFlight inFlight) : IFilter<ReceiveContext>, IFilter<ChannelContext>
{
    private readonly string _queue = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
    private volatile SettlingChannel? _channel;

    public void Configure(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = pipe.Prefetch;
        endpoint.ConfigureChannel(channel => channel.UseFilter(this));
        endpoint.ConfigureReceive(receive => receive.UseFilter(this));
    }

    public Task StopDeliveriesAsync() => _channel?.StopDeliveriesAsync() ?? Task.CompletedTask;

    /// <summary>A channel was opened, at first or after the broker came back.</summary>
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var connection = context.ConnectionContext.Connection;
        var host = context.GetPayload<RabbitMqHostSettings>();
        await new SharedTopology(host.Username, host.VirtualHost).DeclareAsync(connection, context.CancellationToken);
        _channel = new SettlingChannel(context, pipe, _queue, host.Username);
        await next.Send(_channel);
    }

    /// <summary>A delivery has come.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var channel = (SettlingChannel)context.GetPayload<ChannelContext>();
        var rabbit = context.GetPayload<RabbitMqBasicConsumeContext>();
        inFlight.Begin();
        try
        {
            var settlement = Settlement.Requeue;
            if (!inFlight.Stopping)
            {
                var delivery = AmqpDelivery.From(
                    rabbit.Exchange,
                    rabbit.RoutingKey ?? "",
                    rabbit.Properties,
                    context.Body.GetBytes(),
                    context.Redelivered
                );
                var handling = inFlight.HandleAsync(delivery, AmqpDelivery.Returns(rabbit.Properties));
                if (await Task.WhenAny(handling, inFlight.GivenUp) == handling)
                    settlement = await handling;
                settlement = settlement.Of(pipe, delivery);
            }

            channel.Decide(rabbit.DeliveryTag, settlement);
        }
        finally
        {
            inFlight.End();
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("pipe").Add("queue", _queue);
}
