using Integration.Journeys.Tests;

[assembly: AssemblyFixture(typeof(Broker))]
[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

// Journeys wait more than they compute.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
