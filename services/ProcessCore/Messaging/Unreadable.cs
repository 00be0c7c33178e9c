using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;

namespace Integration.ProcessCore.Messaging;

/// <summary>What cannot be taken goes to error treatment as it came, with the reason; it is never dropped.</summary>
internal sealed class Unreadable(IBus bus, EventMessages messages, ServiceDescription service, TimeProvider time)
{
    /// <summary>Completes when the broker has the report.</summary>
    public Task ReportAsync(Delivery delivery, ErrorInfo error, CancellationToken cancellation) =>
        bus.PublishAsync(
            messages.Of(new TaskErrored(error, time.GetUtcNow(), service.Reference, Source: delivery.ToSource())),
            cancellation
        );

    public static ErrorInfo Malformed(string reason) =>
        new(ErrorCategory.Data, ErrorCodes.MalformedMessage, $"The message cannot be read: {reason}");
}
