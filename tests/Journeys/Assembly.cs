[assembly: AssemblyFixture(typeof(RabbitMqServer))]
[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
// Journeys wait more than they compute.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
