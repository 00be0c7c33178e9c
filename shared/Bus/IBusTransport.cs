using Microsoft.Extensions.Logging;

namespace Integration.Bus;

/// <summary>
/// An adapter, by the name that <c>Bus:Transport</c> has for it. A host that registers one as a service can be set to it, beside those
/// that <see cref="BusFactory"/> has itself.
/// </summary>
public interface IBusTransport
{
    /// <summary>E.g. <c>MassTransit</c>; the setting may write it in any case.</summary>
    string Name { get; }

    /// <summary>Creates the adapter; connects to nothing yet.</summary>
    /// <param name="options">Address and times, checked.</param>
    /// <param name="service">Names the connection, so that an operator sees in the broker whose it is.</param>
    /// <param name="logging">For connection losses and repeated publishes.</param>
    /// <param name="time">For timeouts and back-off.</param>
    IBus Create(BusOptions options, string service, ILoggerFactory logging, TimeProvider time);
}
