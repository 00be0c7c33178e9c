using Integration.Bus.InMemory;
using Integration.Bus.MassTransit;
using Integration.Bus.RabbitMq;
using Microsoft.Extensions.Logging;

namespace Integration.Bus;

/// <summary>Builds the adapter that the configuration names.</summary>
public static class BusFactory
{
    /// <summary>Creates the adapter; connects to nothing yet.</summary>
    /// <param name="options">Transport and address.</param>
    /// <param name="service">Names the connection, so that an operator sees in the broker whose it is.</param>
    /// <param name="logging">For connection losses and repeated publishes.</param>
    /// <param name="time">For timeouts and back-off.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public static IBus Create(BusOptions options, string service, ILoggerFactory logging, TimeProvider time)
    {
        options.Validate();
        var log = logging.CreateLogger($"{BusTelemetry.Name}.{options.Transport}");
        IBus adapter = options.Transport switch
        {
            BusTransport.RabbitMq => new RabbitMqBus(options, service, log, time),
            BusTransport.MassTransit => new MassTransitRabbitMqBus(options, service, logging, time),
            _ => new InMemoryBus(log, time),
        };
        return new CheckedBus(new ObservedBus(adapter, MessagingTags.Of(options)));
    }
}
