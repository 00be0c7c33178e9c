using Integration.Bus.RabbitMq;
using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>Gives a message the properties and bytes that the direct adapter would have sent.</summary>
internal sealed class RawSend(OutgoingMessage message) : IPipe<SendContext<RawMessage>>
{
    public Task Send(SendContext<RawMessage> context)
    {
        context.Serializer = new RawBody(message.Body, message.Properties.ContentType);
        // A Guid of MassTransit's own; what is null is not written.
        context.MessageId = null;
        var rabbit = context.GetPayload<RabbitMqSendContext>();
        message.Properties.CopyTo(rabbit.BasicProperties);
        rabbit.SetRoutingKey(message.RoutingKey);
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateScope("raw");
}
