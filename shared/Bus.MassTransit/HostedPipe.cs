using Integration.Bus.RabbitMq;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.MassTransit;

/// <summary>
/// A pipe on a receive endpoint: takes the bytes as they come from the transport, before MassTransit would look for an
/// envelope, and never passes them on, so that nothing ends in its queues for errors and skipped messages.
/// </summary>
/// <param name="consumed">The pipe.</param>
/// <param name="undecodable">Reads what the client cannot; null where the broker's address is another's matter.</param>
internal sealed class HostedPipe(ConsumedPipe consumed, UndecodableReader? undecodable = null)
    : IFilter<ReceiveContext>,
        IFilter<ChannelContext>
{
    private static readonly TimeSpan _shutdownFollows = TimeSpan.FromMilliseconds(500);

    private readonly string _queue = consumed.Pipe.Temporary
        ? Topology.TemporaryName(consumed.Pipe)
        : consumed.Pipe.Queue;
    private volatile SettlingChannel? _channel;
    private volatile bool _reading;

    /// <summary>Whether deliveries can come.</summary>
    public bool Consuming => _channel is { Consuming: true };

    /// <summary>Whether what the client cannot decode is being fetched as bytes, before anything else is delivered.</summary>
    public bool Reading => _reading;

    public void Configure(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = consumed.Pipe.Prefetch;
        endpoint.ConfigureChannel(channel => channel.UseFilter(this));
        endpoint.ConfigureReceive(receive => receive.UseFilter(this));
    }

    public Task StopDeliveriesAsync() => _channel?.StopDeliveriesAsync() ?? Task.CompletedTask;

    /// <summary>A channel was opened, at first or after the broker came back.</summary>
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        await ReadUndecodableAsync(context.CancellationToken);
        var lost = new TaskCompletionSource<ShutdownEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Channel.ChannelShutdownAsync += (_, reason) =>
        {
            if (reason.Initiator != ShutdownInitiator.Application && lost.TrySetResult(reason))
                consumed.Lost(reason);
            return Task.CompletedTask;
        };
        try
        {
            var connection = context.ConnectionContext.Connection;
            var host = context.GetPayload<RabbitMqHostSettings>();
            await new SharedTopology(host.Username, host.VirtualHost, compares: false).DeclareAsync(
                connection,
                context.CancellationToken
            );
            _channel = new SettlingChannel(context, consumed, _queue, host.Username);
            await next.Send(_channel);
        }
        catch (Exception e)
        {
            // A first delivery can cost the connection before MassTransit knows its consumer; it would wait up to half a minute then for
            // a broker that is there.
            if (!await IsUndecodableAsync(lost.Task))
                throw;
            consumed.Log.LogDebug(e, "{Queue} is consumed again", _queue);
        }
    }

    private async Task ReadUndecodableAsync(CancellationToken cancellation)
    {
        if (undecodable is null)
            return;
        _reading = true;
        try
        {
            await undecodable.TakeAsync(consumed, cancellation);
        }
        finally
        {
            _reading = false;
        }
    }

    private static async Task<bool> IsUndecodableAsync(Task<ShutdownEventArgs> lost)
    {
        await ((Task)lost).WaitAsync(_shutdownFollows).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return lost.IsCompletedSuccessfully && (await lost).IsUndecodable();
    }

    /// <summary>A delivery has come.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var channel = (SettlingChannel)context.GetPayload<ChannelContext>();
        var rabbit = context.GetPayload<RabbitMqBasicConsumeContext>();
        var read = ((ReadProperties)rabbit.Properties).Read;
        var inFlight = consumed.InFlight;
        inFlight.Begin();
        try
        {
            var settlement = await inFlight.HandleUntilGivenUpAsync(read.Delivery, read.Returns);
            channel.Decide(rabbit.DeliveryTag, settlement.Of(consumed.Pipe, read.Delivery));
        }
        finally
        {
            inFlight.End();
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("pipe").Add("queue", _queue);
}
