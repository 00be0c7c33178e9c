using Integration.Fixtures;

[assembly: AssemblyFixture(typeof(RabbitMqServer))]
