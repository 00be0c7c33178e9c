namespace Integration.Bus.Tests;

public class MassTransitRabbitMqTests(Broker broker) : RabbitMqContract(broker, BusTransport.MassTransit)
{
    /// <summary>The tracking of confirms that MassTransit uses, of RabbitMQ.Client, numbers the messages.</summary>
    protected override IReadOnlyList<string> ExtraHeaders => ["x-dotnet-pub-seq-no"];
}

public sealed class RabbitMq4MassTransitTests(Broker4 broker) : MassTransitRabbitMqTests(broker);
