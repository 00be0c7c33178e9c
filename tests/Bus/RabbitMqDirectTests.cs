namespace Integration.Bus.Tests;

public class RabbitMqDirectTests(Broker broker) : RabbitMqContract(broker, BusTransport.RabbitMq);

public sealed class RabbitMq4DirectTests(Broker4 broker) : RabbitMqDirectTests(broker);
