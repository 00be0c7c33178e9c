namespace Integration.Bus.Tests;

public class MassTransitRabbitMqTests(Broker broker) : RabbitMqContract(broker, BusTransport.MassTransit);

public sealed class RabbitMq4MassTransitTests(Broker4 broker) : MassTransitRabbitMqTests(broker);
