using Integration.Bus.RabbitMq;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>For who runs a MassTransit bus on RabbitMQ already, and wants a pipe on it.</summary>
public static class PipeHosting
{
    /// <summary>
    /// Consumes the pipe by this endpoint: its queue and bindings are declared as everywhere else, whatever the endpoint
    /// itself is called, and deliveries go to the handler as they come, past MassTransit's serialisation and its queues
    /// for errors. An endpoint takes one pipe and nothing else. When MassTransit stops it waits for what is in flight.
    /// </summary>
    /// <param name="endpoint">As it comes in <c>ReceiveEndpoint("…", endpoint =&gt; …)</c>.</param>
    /// <param name="pipe">What to consume.</param>
    /// <param name="handler">What to do with it.</param>
    /// <param name="logging">For handlers that fail.</param>
    /// <param name="time">For the pause before a delivery is returned once more.</param>
    public static void HostPipe(
        this IRabbitMqReceiveEndpointConfigurator endpoint,
        Pipe pipe,
        DeliveryHandler handler,
        ILoggerFactory logging,
        TimeProvider time
    )
    {
        var observed = new ObservedHandler(pipe, handler, new MessagingTags("rabbitmq"));
        // Lives as long as the endpoint, which raises nothing when it ends.
        var log = logging.CreateLogger(BusTelemetry.Name);
        new HostedPipe(new ConsumedPipe(pipe, observed.HandleAsync, time, log)).Configure(endpoint);
    }
}
