namespace Integration.Bus.Tests;

public sealed class RabbitMqDirectTests(Broker broker) : RabbitMqContract(broker, BusTransport.RabbitMq);
