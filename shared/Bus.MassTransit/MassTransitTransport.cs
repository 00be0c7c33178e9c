using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>MassTransit on RabbitMQ, with the same queues, bytes and promises as <c>RabbitMq</c>.</summary>
public sealed class MassTransitTransport : IBusTransport
{
    /// <inheritdoc />
    public string Name => BusTransport.MassTransit;

    /// <inheritdoc />
    public IBus Create(BusOptions options, string service, ILoggerFactory logging, TimeProvider time) =>
        new MassTransitRabbitMqBus(options, service, logging, time);
}
