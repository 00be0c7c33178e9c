using Integration.Bus.InMemory;
using Integration.Bus.RabbitMq;
using Microsoft.Extensions.Logging;

namespace Integration.Bus;

/// <summary>Builds the adapter that the configuration names.</summary>
public static class BusFactory
{
    private static readonly IBusTransport[] _own =
    [
        new Own(
            BusTransport.RabbitMq,
            static (options, service, log, time) => new RabbitMqBus(options, service, log, time)
        ),
        new Own(BusTransport.InMemory, static (_, _, log, time) => new InMemoryBus(log, time)),
    ];

    /// <summary>Creates the adapter; connects to nothing yet.</summary>
    /// <param name="options">Transport and address.</param>
    /// <param name="service">Names the connection, so that an operator sees in the broker whose it is.</param>
    /// <param name="logging">For connection losses and repeated publishes.</param>
    /// <param name="time">For timeouts and back-off.</param>
    /// <param name="registered">What the host has beside <c>RabbitMq</c> and <c>InMemory</c>.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public static IBus Create(
        BusOptions options,
        string service,
        ILoggerFactory logging,
        TimeProvider time,
        params IEnumerable<IBusTransport> registered
    )
    {
        var transport = options.Choose([.. _own, .. registered]);
        options.Check();
        return new CheckedBus(
            new ObservedBus(transport.Create(options, service, logging, time), MessagingTags.Of(options))
        );
    }

    private sealed record Own(string Name, Func<BusOptions, string, ILogger, TimeProvider, IBus> New) : IBusTransport
    {
        public IBus Create(BusOptions options, string service, ILoggerFactory logging, TimeProvider time) =>
            New(options, service, logging.CreateLogger($"{BusTelemetry.Name}.{Name}"), time);
    }
}
