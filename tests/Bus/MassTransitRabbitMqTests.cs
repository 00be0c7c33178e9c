namespace Integration.Bus.Tests;

public sealed class MassTransitRabbitMqTests(Broker broker) : RabbitMqContract(broker, BusTransport.MassTransit)
{
    /// <summary>The tracking of confirms that MassTransit uses, of RabbitMQ.Client, numbers the messages.</summary>
    protected override IReadOnlyList<string> ExtraHeaders => ["x-dotnet-pub-seq-no"];
}
