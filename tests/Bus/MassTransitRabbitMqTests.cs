namespace Integration.Bus.Tests;

public sealed class MassTransitRabbitMqTests(Broker broker) : RabbitMqContract(broker, BusTransport.MassTransit);
